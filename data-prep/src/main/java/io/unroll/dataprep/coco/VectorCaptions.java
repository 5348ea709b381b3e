package io.unroll.dataprep.coco;

import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.SplitRows;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.examples.RowFiles;
import io.unroll.dataprep.features.FeatureCorpus;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Captions with the vectors of their images to rows of examples: those of an image next to each
 * other, ordered by the ids of images, then of captions. Vectors travel once for each image.
 */
final class VectorCaptions {
  private final SparkSession spark;
  private final FeatureCorpus vectors;

  VectorCaptions(SparkSession spark, FeatureCorpus vectors) {
    this.spark = spark;
    this.vectors = vectors;
  }

  ExampleShape shape() {
    return ExampleShape.ofVectors(vectors.vectorSize(), Target.TEXT).inGroups();
  }

  /** Captions go by their images, then by themselves. */
  private record Place(long image, long caption) implements Serializable, Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::image).thenComparingLong(Place::caption);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** The tokens of a caption, which is that of a number in its split. */
  private record Numbered(long number, int[] tokens) implements Serializable {}

  /** An image with its captions in order. */
  private record Captioned(long image, List<Numbered> captions, float[] values)
      implements Serializable {
    static Captioned of(long image, Iterable<Numbered> captions, float[] values) {
      List<Numbered> ordered = new ArrayList<>();
      captions.forEach(ordered::add);
      ordered.sort(Comparator.comparingLong(Numbered::number));
      return new Captioned(image, ordered, values);
    }

    long first() {
      return captions.get(0).number();
    }

    Iterator<Row> rows() {
      return captions.stream()
          .map(caption -> RowFactory.create(caption.number(), image, values, caption.tokens()))
          .iterator();
    }
  }

  /** What the images of a split have. */
  private record Size(long images, long captions, long vectors, long tokens, long numbers)
      implements Serializable {
    static Size of(Captioned image, int vectorSize) {
      long captions = image.captions().size();
      long tokens = image.captions().stream().mapToLong(c -> c.tokens().length).sum();
      return new Size(
          1,
          captions,
          captions * (image.values().length / vectorSize),
          tokens,
          captions * (2 + image.values().length) + tokens);
    }

    Size plus(Size other) {
      return new Size(
          images + other.images,
          captions + other.captions,
          vectors + other.vectors,
          tokens + other.tokens,
          numbers + other.numbers);
    }
  }

  /**
   * The rows of a split.
   *
   * @param captions those with a word, of images that have vectors; at least one
   */
  Rows rows(JavaRDD<SplitCaption> captions, Broadcast<Vocabulary> vocabulary) {
    JavaRDD<Captioned> images = captioned(captions, vocabulary);
    int vectorSize = vectors.vectorSize();
    Size size = images.map(image -> Size.of(image, vectorSize)).reduce(Size::plus);
    JavaRDD<Row> rows =
        images
            .mapToPair(image -> new Tuple2<>(image.first(), image))
            .repartitionAndSortWithinPartitions(RowFiles.of(size.numbers(), size.captions()))
            .flatMap(pair -> pair._2().rows());
    return new Rows(
        new SplitRows(
            spark.createDataFrame(rows, shape().schema()), size.vectors(), size.tokens(), 0),
        size.images());
  }

  /**
   * What is to be written.
   *
   * @param images how many the rows are about
   */
  record Rows(SplitRows rows, long images) {}

  private JavaRDD<Captioned> captioned(
      JavaRDD<SplitCaption> captions, Broadcast<Vocabulary> vocabulary) {
    return captions
        .map(SplitCaption::caption)
        .mapToPair(
            caption ->
                new Tuple2<>(
                    new Place(caption.image(), caption.id()),
                    CaptionRows.tokens(caption, vocabulary.value())))
        .sortByKey()
        .zipWithIndex()
        .mapToPair(
            pair -> new Tuple2<>(pair._1()._1().image(), new Numbered(pair._2(), pair._1()._2())))
        .groupByKey()
        .join(vectors.byImage())
        .map(pair -> Captioned.of(pair._1(), pair._2()._1(), pair._2()._2()));
  }
}
