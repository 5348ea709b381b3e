package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.features.FeatureCorpus;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.data.Example;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.decode.Hypothesis;
import io.unroll.worker.decode.TextDecoder;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * What an encoder-decoder writes about vectors of images that belong to no dataset, by Spark's
 * tasks, some images at a time, in the order of the images.
 */
public final class DescribedVectors {
  /** Images that are described together. */
  private static final int TOGETHER = 256;

  /** Partitions for each core: the answers of one for each are in memory. */
  private static final int PARTS = 8;

  private static final int[] UNKNOWN_TARGETS = new int[0];

  private final TrainedModel model;
  private final Writer writer;

  /**
   * Takes a model.
   *
   * @param names of the vectors
   * @throws DataException if it writes no texts, reads tokens, or the names are not as many as the
   *     numbers of a vector
   */
  public DescribedVectors(TrainedModel model, DecodingOptions options, StepNames names) {
    EncoderDecoderArchitecture architecture = model.writer();
    if (architecture.vectorSize() == 0) {
      throw new DataException(
          "Cannot use the model %s on vectors: it reads text (expected one trained on captions with vectors)"
              .formatted(model.uri()));
    }
    int named = names.ofNumbers().size();
    if (named > 0 && named != architecture.vectorSize()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot name what the model %s reads: there are %d names (expected %d, one for each number of a vector)",
              model.uri(),
              named,
              architecture.vectorSize()));
    }
    this.model = model;
    this.writer = new Writer(architecture, model.vocabularies().written(), options, names);
  }

  /**
   * Refuses a model without attention.
   *
   * @throws DataException if it has none
   */
  public void requireAttention() {
    DrawnAttention.requireAttention(model);
  }

  /**
   * Hands over what is written about each image.
   *
   * @throws DataException if the vectors have another size than the model reads
   */
  public void each(SparkSession spark, FeatureCorpus vectors, Consumer<Described> images) {
    int size = writer.architecture.vectorSize();
    if (vectors.vectorSize() != size) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use the model %s: it reads vectors of %d numbers (the images have %d)",
              model.uri(),
              size,
              vectors.vectorSize()));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<float[]> parameters = context.broadcast(model.parameters());
    Writer asked = writer;
    JavaRDD<Described> written =
        spread(vectors, PARTS * context.defaultParallelism())
            .mapPartitions(part -> described(part, asked, parameters.value()));
    try {
      InOrder.each(
          written,
          described -> {
            images.accept(described);
            return true;
          });
    } finally {
      parameters.destroy();
    }
  }

  /** A file is read by one task; its images are described by all. */
  private static JavaRDD<Tuple2<Long, float[]>> spread(FeatureCorpus vectors, int parts) {
    return vectors
        .byImage()
        .zipWithIndex()
        .mapToPair(Tuple2::swap)
        .sortByKey(true, parts)
        .values()
        .map(image -> image);
  }

  /** All that an executor needs but the parameters. */
  private record Writer(
      EncoderDecoderArchitecture architecture,
      Vocabulary vocabulary,
      DecodingOptions options,
      StepNames names)
      implements Serializable {
    TextDecoder decoder(float[] parameters, Cores cores) {
      var tokens = WrittenTokens.of(vocabulary);
      return new TextDecoder(architecture, parameters, tokens, options, cores);
    }

    Example example(Tuple2<Long, float[]> image) {
      int steps = image._2().length / architecture.vectorSize();
      return Example.ofVectors(steps, image._2(), UNKNOWN_TARGETS);
    }

    Described described(Tuple2<Long, float[]> image, Hypothesis found) {
      return new Described(
          image._1(),
          vocabulary.decode(found.tokens()),
          names.of(image._2(), architecture.vectorSize()),
          DrawnAttention.names(vocabulary, found.tokens()),
          found.attention());
    }
  }

  /** What is written about a partition. */
  private static Iterator<Described> described(
      Iterator<Tuple2<Long, float[]>> images, Writer writer, float[] parameters) {
    Cores cores = Cores.of(TaskContext.get().cpus(), KernelChoice::fastest);
    TextDecoder decoder = writer.decoder(parameters, cores);
    return new Batches<>(
        images,
        TOGETHER,
        together -> {
          List<Example> sources = together.stream().map(writer::example).toList();
          var found = cores.withThreads("prediction", () -> decoder.write(sources));
          return IntStream.range(0, sources.size())
              .mapToObj(x -> writer.described(together.get(x), found.get(x).get(0)))
              .toList();
        });
  }
}
