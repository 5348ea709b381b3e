package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.predict.PredictedTable;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.words.Word2VecTraining;
import io.unroll.driver.words.Word2VecTraining.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has Spark ML train vectors of words. */
@Command(
    name = "word2vec",
    description =
        "Has Spark ML's Word2Vec (skip-gram, hierarchical softmax) train vectors of the words of a"
            + " dataset's training split; neighbours and analogies read them by --vectors.",
    sortOptions = false)
final class Word2VecCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "URI", description = "dataset directory")
  private String data;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "new folder for the Word2VecModel of Spark ML")
  private String output;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "100",
      description = "numbers of a vector (default: ${DEFAULT-VALUE})")
  private int size;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "5",
      description = "words before and after a word that it predicts (default: ${DEFAULT-VALUE})")
  private int window;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "passes over the text (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "leaves out words that the training split has less often; those that the dataset's"
              + " vocabulary lacks are left out anyway (default: ${DEFAULT-VALUE})")
  private int minCount;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.025",
      description = "at the beginning; it falls to 0 (default: ${DEFAULT-VALUE})")
  private double learningRate;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "parts of the text that are trained on side by side. Spark combines what they have learnt"
              + " after each pass, and the vectors get worse the more there are; only one part gives"
              + " the same vectors each time (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "seed of the training (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("word2vec " + data)) {
      PredictedTable.requireNew(spark, output);
      DatasetDirectory dataset =
          DatasetDirectory.open(data, spark.sparkContext().hadoopConfiguration());
      Word2VecTraining training = new Word2VecTraining(spark, settings);
      long words = JobProgress.during(() -> write(training, dataset), spark.sparkContext(), log);
      result.print(
          List.of(
              Printable.line(
                  String.format(
                      Locale.ROOT,
                      "%s: vectors of %d numbers for %s",
                      output,
                      size,
                      Count.of(words, "word")))),
          object ->
              object
                  .put("data", data)
                  .put("output", output)
                  .put("words", words)
                  .put("size", size)
                  .put("window", window)
                  .put("epochs", epochs)
                  .put("min-count", minCount)
                  .put("learning-rate", learningRate)
                  .put("partitions", partitions)
                  .put("seed", seed));
      return ExitCode.DONE.code();
    }
  }

  private long write(Word2VecTraining training, DatasetDirectory dataset) {
    Word2VecModel model = training.train(dataset);
    try {
      model.save(output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(output, e.getMessage()), e);
    }
    return model.getVectors().count();
  }

  private Settings settings() {
    OptionValues.requireAtLeastOne(spec, "--size", size);
    OptionValues.requireAtLeastOne(spec, "--window", window);
    OptionValues.requireAtLeastOne(spec, "--epochs", epochs);
    OptionValues.requireAtLeastOne(spec, "--min-count", minCount);
    OptionValues.requireAtLeastOne(spec, "--partitions", partitions);
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw misused("Invalid --learning-rate: " + learningRate + " (expected > 0)");
    }
    return new Settings(size, window, epochs, minCount, partitions, learningRate, seed);
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
