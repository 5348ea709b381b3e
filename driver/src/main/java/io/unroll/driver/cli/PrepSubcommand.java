package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.driver.report.ProgressLog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What `prep` of every kind has. */
abstract class PrepSubcommand implements Callable<Integer> {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "directory of the dataset")
  private String output;

  @Option(names = "--overwrite", description = "replaces the dataset that may be at --output")
  private boolean overwrite;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  /**
   * Checks everything that can be checked before Spark starts.
   *
   * @throws IllegalArgumentException if options do not go together
   */
  abstract Function<SparkSession, PreparationSummary> preparation();

  @Override
  public Integer call() throws IOException {
    Function<SparkSession, PreparationSummary> preparation = checked();
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("prep " + output)) {
      PreparationSummary summary =
          JobProgress.during(() -> preparation.apply(spark), spark.sparkContext(), log);
      result.print(List.of(summary.text()), object -> PrepResult.put(spec.name(), summary, object));
      return ExitCode.DONE.code();
    }
  }

  private Function<SparkSession, PreparationSummary> checked() {
    try {
      return preparation();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  DatasetTarget target() {
    return new DatasetTarget(output, overwrite, since());
  }

  /** An earlier dataset to compare the files with. */
  Optional<String> since() {
    return Optional.empty();
  }

  static IllegalArgumentException invalid(String option, String value, String expected) {
    return new IllegalArgumentException(
        "Invalid %s: %s (expected %s)".formatted(option, value, expected));
  }
}
