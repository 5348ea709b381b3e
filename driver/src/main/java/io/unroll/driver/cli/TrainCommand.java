package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.train.TrainingOutcome;
import io.unroll.driver.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
      "The result goes to standard output, progress to standard error.",
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
        return tell(training.run(spark, configuration, log, interrupt::asked), configuration);
      } catch (Exception e) { // Scala's exceptions are not declared
        if (interrupt.insisted()) {
          return ExitCode.INTERRUPTED;
        }
        throw e;
      }
    }
  }

  private ProgressLog log(PrintWriter err) {
    if (logEvery < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --log-every: " + logEvery + " (expected at least 1)");
    }
    return quiet.progress(err, logEvery);
  }

  private ExitCode tell(TrainingResult trained, RunConfiguration configuration) {
    result.print(
        lines(trained, configuration.run()), object -> put(trained, configuration, object));
    if (trained.outcome() == TrainingOutcome.INTERRUPTED) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("Interrupted with a checkpoint. To go on, type:");
      err.println("  " + CommandText.of(spec.root().commandLine()));
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.DONE;
  }

  /** What a finished run has for people; without a validation there is no model. */
  private static List<String> lines(TrainingResult trained, String run) {
    Optional<Progress.Best> best = trained.progress().best();
    if (trained.outcome() == TrainingOutcome.INTERRUPTED || !trained.hasModel() || best.isEmpty()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "Best validation loss: %.4f nats per token, round %d",
            best.get().loss(),
            best.get().round()),
        "Model: " + Printable.line(within(run, RunDirectory.BEST)),
        "Report: " + Printable.line(within(run, RunDirectory.REPORT)));
  }

  private static void put(
      TrainingResult trained, RunConfiguration configuration, ObjectNode object) {
    String run = configuration.run();
    Progress progress = trained.progress();
    object.put("data", configuration.data()).put("run", run);
    object.put("outcome", trained.outcome().label());
    object.put("model", trained.hasModel() ? within(run, RunDirectory.BEST) : null);
    object.put("best-loss", progress.best().map(Progress.Best::loss).orElse(null));
    object.put("best-round", progress.best().map(Progress.Best::round).orElse(null));
    object.put("rounds", progress.rounds());
    object.put("steps", progress.steps());
    object.put("tokens", progress.tokens());
    object.put("training-seconds", progress.trainingTime().toMillis() / 1000.0);
  }

  /** As it was given, so that it can be typed again. */
  private static String within(String run, String name) {
    return run.endsWith("/") ? run + name : run + "/" + name;
  }
}
