package io.unroll.driver.cli;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.train.TrainingOutcome;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains, or goes on with the run that is there. */
@Command(
    name = "train",
    customSynopsis =
        "unroll train [--config FILE] [--data URI] [--run URI] [--KEY VALUE ...] [--set KEY=VALUE"
            + " ...] [--master URL] [--print-config]",
    sortOptions = false,
    description = "Trains a model, or goes on with the run that is there.",
    footer = {
      "",
      "Ctrl-C stops after the current round, with a checkpoint; the same command goes on.",
      "See docs/configuration.md."
    })
final class TrainCommand implements Callable<Integer> {
  private final Training training;

  @Mixin private ConfigurationOptions settings;
  @Mixin private SparkOptions sparkOptions;

  @Option(
      names = "--print-config",
      description = "prints the effective configuration, the defaults beside it, and ends")
  private boolean printConfig;

  @Spec private CommandSpec spec;

  TrainCommand(Training training) {
    this.training = training;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RunConfiguration configuration = settings.load(spec.commandLine().getParseResult());
    if (printConfig) {
      out.print(configuration.toYaml());
      return ExitCode.DONE.code();
    }
    return train(configuration, out, spec.commandLine().getErr()).code();
  }

  private ExitCode train(RunConfiguration configuration, PrintWriter out, PrintWriter err) {
    try (InterruptRequest interrupt = InterruptRequest.listen(err)) {
      try (SparkSession spark = sparkOptions.open("train " + configuration.run())) {
        return finish(training.run(spark, configuration, out, interrupt::asked), out);
      } catch (RuntimeException e) {
        if (interrupt.insisted()) {
          return ExitCode.INTERRUPTED;
        }
        throw e;
      }
    }
  }

  private ExitCode finish(TrainingOutcome outcome, PrintWriter out) {
    if (outcome == TrainingOutcome.INTERRUPTED) {
      out.println("Interrupted with a checkpoint. To go on, type:");
      out.println("  " + CommandText.of(spec.root().commandLine()));
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.DONE;
  }
}
