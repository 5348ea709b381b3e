package io.unroll.driver.cli;

import io.unroll.dataprep.features.FeatureCorpus;
import io.unroll.dataprep.features.FeatureFiles;
import io.unroll.dataprep.features.FeatureFormat;
import io.unroll.dataprep.features.FeatureOptions;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.Described;
import io.unroll.driver.predict.DescribedVectors;
import io.unroll.driver.predict.StepNames;
import io.unroll.driver.run.Storage;
import io.unroll.worker.decode.DecodingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** What a model writes about vectors of images, which no dataset has. */
final class PredictedVectors {
  @Option(
      names = "--vectors",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "of a model that writes about images: their vectors, instead of --input; a line for each"
              + " image: its id, a tab, and the text")
  private List<String> vectors = new ArrayList<>();

  @Option(
      names = "--ids",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "of --vectors in npy or mat: lists of the images of the rows, the id last in each line")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--vectors-format",
      paramLabel = "NAME",
      description = "as of prep coco (default: by the end of the name)")
  private String format;

  @Option(
      names = "--names",
      paramLabel = "URI",
      description =
          "with --vectors and --attention: names of the numbers of a vector, one in each line; a"
              + " vector is called by its largest number (default: vectors are counted)")
  private String names;

  /** Whether vectors were given. */
  boolean isGiven() {
    return !vectors.isEmpty();
  }

  /** Refuses what does not go together, before anything is begun. */
  void check() {
    if (!isGiven() && (format != null || !ids.isEmpty() || names != null)) {
      throw new UsageException(
          "Missing --vectors (expected it beside --ids, --vectors-format and --names)");
    }
    if (isGiven()) {
      boolean listed = format().hasIdsElsewhere();
      if (listed && ids.isEmpty()) {
        throw new UsageException(
            "Missing --ids: vectors in %s have no ids of images of their own (expected a list for each file)"
                .formatted(format().label()));
      }
      if (!listed && !ids.isEmpty()) {
        throw new UsageException(
            "Invalid --ids: vectors in %s have their own (expected it with npy or mat)"
                .formatted(format().label()));
      }
    }
  }

  private FeatureFormat format() {
    try {
      return ImageVectorOptions.format(format, vectors.get(0));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /**
   * Hands over a line for each image, in the order of the vectors.
   *
   * @param attention URI of the folder for what was looked at; null: it is not told
   */
  void write(
      SparkSession spark,
      TrainedModel model,
      DecodingOptions options,
      String attention,
      Consumer<String> lines) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    var described = new DescribedVectors(model, options, new StepNames(names(hadoop)));
    if (attention == null) {
      each(spark, model, described, image -> lines.accept(image.line()));
      return;
    }
    described.requireAttention();
    try (Storage storage = Storage.open(attention, hadoop)) {
      storage.write(
          AttentionRecord.FILE,
          out -> {
            Consumer<Described> told = image -> lines.accept(image.line());
            each(spark, model, described, told.andThen(new AttentionRecord(storage, out)));
          });
    }
  }

  private void each(
      SparkSession spark,
      TrainedModel model,
      DescribedVectors described,
      Consumer<Described> images) {
    try (var cluster = new Cluster(spark);
        FeatureCorpus corpus = FeatureFiles.find(spark, cluster, options(model)).open()) {
      described.each(spark, corpus, images);
    }
  }

  private List<String> names(Configuration hadoop) {
    List<String> found = new ArrayList<>();
    if (names == null) {
      return found;
    }
    for (SourceFile listed : new Inputs(hadoop).files(List.of(names))) {
      SourceFile file = Recognition.of(listed, hadoop);
      try (var lines = new TextLines(file.open(hadoop, 0), file.uri())) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          found.add(line.strip());
        }
      } catch (IOException e) {
        throw file.unreadable(e);
      }
    }
    return found;
  }

  /** A model that attends to objects reads a vector for each class, another one for all of them. */
  private FeatureOptions options(TrainedModel model) {
    boolean classes = format() == FeatureFormat.CLASSES;
    int count = classes ? model.writer().vectorSize() : 0;
    boolean set = classes && model.writer().attends();
    return new FeatureOptions(vectors, format(), ids, count, set, Map.of());
  }
}
