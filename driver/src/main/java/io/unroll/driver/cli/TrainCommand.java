package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.train.RunControl;
import io.unroll.driver.train.TrainingOutcome;
import io.unroll.driver.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains, or goes on with the run that is there. */
@Command(
    name = "train",
    customSynopsis =
        "unroll train [--config FILE] [--data URI] [--run URI] [--KEY VALUE ...] [--set KEY=VALUE"
            + " ...] [--master URL] [--log-every N] [--quiet] [--json] [--print-config]",
    sortOptions = false,
    description = "Trains a model, or goes on with the run that is there.",
    footer = {
      "",
      "Ctrl-C stops after the current round, with a checkpoint; the same command goes on.",
      "The result goes to standard output, progress to standard error. The last line of the result,",
      "behind 'Outcome: ', is JSON; outcome.json in the run directory has the same.",
      "See docs/configuration.md."
    })
final class TrainCommand implements Callable<Integer> {
  private final Training training;

  @Mixin private ConfigurationOptions settings;
  @Mixin private SparkOptions sparkOptions;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "prints the line of every N-th round, and of rounds that a validation follows; at least 1"
              + " (default: ${DEFAULT-VALUE})")
  private int logEvery;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Option(
      names = "--print-config",
      description = "prints the effective configuration, the defaults beside it, and ends")
  private boolean printConfig;

  @Spec private CommandSpec spec;

  TrainCommand(Training training) {
    this.training = training;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RunConfiguration configuration = settings.load(spec.commandLine().getParseResult());
    if (printConfig && result.isJson()) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --json: what --print-config prints is YAML");
    }
    if (printConfig) {
      out.print(configuration.toYaml());
      return ExitCode.DONE.code();
    }
    Stream.of(configuration.data(), configuration.run()).forEach(Place::of);
    return train(configuration).code();
  }

  private ExitCode train(RunConfiguration configuration) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    ProgressLog log = log(err);
    try (InterruptRequest interrupt = InterruptRequest.listen(err)) {
      int lanes = configuration.averaging().lanes().orElse(1);
      try (SparkSession spark = sparkOptions.open("train " + configuration.run(), lanes)) {
        return tell(training.run(spark, configuration, log, new Control(interrupt)));
      } catch (Exception e) { // Scala's exceptions are not declared
        if (interrupt.insisted()) {
          return ExitCode.INTERRUPTED;
        }
        throw e;
      }
    }
  }

  /** Ctrl-C stops the run; its end is told on standard output. */
  private final class Control implements RunControl {
    private final InterruptRequest interrupt;

    Control(InterruptRequest interrupt) {
      this.interrupt = interrupt;
    }

    @Override
    public boolean stopAsked() {
      return interrupt.asked();
    }

    @Override
    public Failure explain(Exception failure) {
      Map.Entry<ExitCode, String> known = Failures.inShort(failure);
      TrainingOutcome outcome =
          interrupt.insisted() ? TrainingOutcome.INTERRUPTED : known.getKey().outcome();
      return new Failure(outcome, known.getValue());
    }

    @Override
    public void ended(TrainingResult trained) {
      result.print(lines(trained), trained::put);
    }
  }

  private ProgressLog log(PrintWriter err) {
    if (logEvery < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --log-every: " + logEvery + " (expected at least 1)");
    }
    return quiet.progress(err, logEvery);
  }

  private ExitCode tell(TrainingResult trained) {
    if (trained.outcome() == TrainingOutcome.INTERRUPTED) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("Interrupted with a checkpoint. To go on, type:");
      err.println("  " + CommandText.of(spec.root().commandLine()));
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.DONE;
  }

  /** The best model, if it can be used already, for people; then all, for scripts. */
  private List<String> lines(TrainingResult trained) {
    List<String> lines = new ArrayList<>();
    Optional<Progress.Best> best = trained.progress().best();
    boolean ended = trained.outcome().exitCode() == ExitCode.DONE.code();
    if (ended && trained.hasModel() && best.isPresent()) {
      String run = trained.configuration().run();
      lines.add(best(best.get()));
      lines.add("Model: " + Printable.line(TrainingResult.within(run, RunDirectory.BEST)));
      lines.add("Report: " + Printable.line(TrainingResult.within(run, RunDirectory.REPORT)));
    }
    ObjectNode outcome = result.object();
    trained.put(outcome);
    lines.add("Outcome: " + Printable.json(outcome.toString()));
    return lines;
  }

  private static String best(Progress.Best best) {
    OptionalDouble accuracy = best.score().accuracy();
    return accuracy.isPresent()
        ? String.format(
            Locale.ROOT,
            "Best validation accuracy: %.2f %%, round %d",
            100 * accuracy.getAsDouble(),
            best.round())
        : String.format(
            Locale.ROOT,
            "Best validation loss: %.4f nats per token, round %d",
            best.loss(),
            best.round());
  }
}
