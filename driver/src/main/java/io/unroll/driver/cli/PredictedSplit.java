package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.driver.evaluate.SplitEvaluation;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.decode.DecodingOptions;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model writes about the examples of a dataset, such as captions of images. */
final class PredictedSplit {
  @Option(
      names = "--data",
      paramLabel = "URI",
      description =
          "of a model that writes about what it reads: a dataset instead of --input; a line for each"
              + " example, or for each image: its id, a tab, and the text")
  private String data;

  @Mixin private SplitOption splitOption;

  /** Whether a dataset was given. */
  boolean isGiven() {
    return data != null;
  }

  /** Refuses what is no name of a split, before anything is begun. */
  void check() {
    splitOption.check();
    if (splitOption.isGiven() && !isGiven()) {
      throw new UsageException("Invalid --split: it is of a dataset (expected --data URI)");
    }
  }

  /** Hands over a line for each source, in the order of the dataset. */
  void write(
      SparkSession spark, TrainedModel model, DecodingOptions options, Consumer<String> lines) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
    new SplitEvaluation(spark, dataset, splitOption.of(dataset, data))
        .written(model, options)
        .forEach(
            about ->
                lines.accept(String.format(Locale.ROOT, "%d\t%s", about.group(), about.written())));
  }
}
