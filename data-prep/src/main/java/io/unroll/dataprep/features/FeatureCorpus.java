package io.unroll.dataprep.features;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.Corpus;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.RawExample;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/** The vectors of images, kept by Spark while it is open. A file is read by one task, once. */
public final class FeatureCorpus implements AutoCloseable {
  private final Corpus corpus;
  private final int vectorSize;

  FeatureCorpus(Corpus corpus, int vectorSize) {
    this.corpus = corpus;
    this.vectorSize = vectorSize;
  }

  /** F, numbers of a vector. */
  public int vectorSize() {
    return vectorSize;
  }

  /** R vectors of F numbers, one after the other, by the image that has them. */
  public JavaPairRDD<Long, float[]> byImage() {
    return corpus
        .examples()
        .mapToPair(example -> new Tuple2<>(Long.parseLong(example.key()), example.values()));
  }

  /**
   * Reads all.
   *
   * @throws DataException if something is malformed, or an image is there twice
   */
  public void check() {
    corpus.leftOut(ExampleSettings.Bad.REFUSED);
    List<Long> twice =
        corpus
            .examples()
            .mapToPair(example -> new Tuple2<>(Long.parseLong(example.key()), 1L))
            .reduceByKey(Long::sum)
            .filter(pair -> pair._2() > 1)
            .keys()
            .takeOrdered(1);
    if (!twice.isEmpty()) {
      throw there(twice.get(0));
    }
  }

  private DataException there(long image) {
    String key = Long.toString(image);
    List<RawExample> places =
        corpus
            .examples()
            .filter(example -> example.key().equals(key))
            .map(FeatureCorpus::place)
            .collect()
            .stream()
            .sorted(Comparator.comparingInt(RawExample::input).thenComparing(RawExample::place))
            .toList();
    return new DataException(
        "Cannot read %s: image id %s is in %s too (expected it once)"
            .formatted(corpus.place(places.get(1)), key, corpus.place(places.get(0))));
  }

  /** The example without its numbers. */
  private static RawExample place(RawExample example) {
    return new RawExample(
        example.input(),
        example.place(),
        example.words(),
        new float[0],
        example.labels(),
        example.targetWords(),
        example.key());
  }

  @Override
  public void close() {
    corpus.close();
  }
}
