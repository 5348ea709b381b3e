package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.unroll.dataprep.summary.Count;
import io.unroll.driver.memory.Memory;
import io.unroll.driver.report.ProgressLog;
import io.unroll.worker.benchmark.Machine;
import io.unroll.worker.benchmark.MachineSpeed;
import io.unroll.worker.benchmark.Preset;
import io.unroll.worker.benchmark.SampleBenchmark;
import io.unroll.worker.benchmark.StepBenchmark;
import io.unroll.worker.train.LaneMemory;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the speed of training steps, or of sampling, and of the machine; needs no Spark. */
@Command(
    name = "benchmark",
    description = {
      "Measures training steps (forward, backward, clipping, SGD) on synthetic tokens, and what the"
          + " machine can do at most. A warm-up half as long as the measured time comes first.",
      "Other work on the machine spoils the numbers."
    },
    sortOptions = false)
final class BenchmarkCommand implements Callable<Integer> {
  private static final String ALL = "all";

  /** What a lane takes is within 15 % of what is computed: only what is sure is refused. */
  private static final double SURE = 0.85;

  @Option(
      names = "--preset",
      paramLabel = "P",
      defaultValue = ALL,
      description =
          "char-128, char-512, gru-512, word-200, word-650 or all (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--cores",
      paramLabel = "N",
      defaultValue = "1",
      description = "cores to train on, at least 1 (default: ${DEFAULT-VALUE})")
  private int cores;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "lanes that train at the same time, each on the same number of cores; divides --cores"
              + " (default: ${DEFAULT-VALUE})")
  private int lanes;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "measured time of each preset in seconds, > 0 (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "sequences of each lane, at least 1 (default: the preset's)")
  private Integer batch;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "measures how long an untrained model writes N tokens on one core, not training steps")
  private Integer sample;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Preset> presets = presets();
    check();
    presets.forEach(this::requireMemory);
    Machine machine = Machine.here();
    if (cores > machine.cores()) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "Warning: %d cores are asked for, but this JVM may use %d only: threads will wait"
                  + " for each other%n",
              cores,
              machine.cores());
    }
    print(presets, machine, quiet.progress(spec.commandLine().getErr()));
    return ExitCode.DONE.code();
  }

  private List<Preset> presets() {
    if (preset.equals(ALL)) {
      return List.of(Preset.values());
    }
    try {
      return List.of(Preset.of(preset));
    } catch (IllegalArgumentException e) {
      String message = "Invalid preset: %s (expected %s or all)".formatted(preset, Preset.keys());
      throw new ParameterException(spec.commandLine(), message, e);
    }
  }

  private void check() {
    atLeastOne("cores", cores);
    atLeastOne("lanes", lanes);
    if (cores % lanes != 0) {
      throw misuse(
          String.format(
              Locale.ROOT, "Invalid lanes: %d (expected a divisor of %d cores)", lanes, cores));
    }
    if (!(seconds > 0 && seconds < Integer.MAX_VALUE)) {
      throw misuse("Invalid seconds: %s (expected > 0)".formatted(seconds));
    }
    if (batch != null) {
      atLeastOne("batch", batch);
    }
    if (sample != null) {
      atLeastOne("sample", sample);
      if (cores > 1 || batch != null) {
        throw misuse("Invalid --sample: a text is written on one core, without --batch");
      }
    }
  }

  private void atLeastOne(String name, int value) {
    if (value < 1) {
      throw misuse(String.format(Locale.ROOT, "Invalid %s: %d (expected at least 1)", name, value));
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Prints each line as soon as it is known, but JSON as a whole. */
  private void print(List<Preset> presets, Machine machine, ProgressLog log) {
    PrintWriter out = spec.commandLine().getOut();
    if (result.isJson()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      presets.forEach(each -> all.add(result.object().setAll(measure(each, log).json(machine))));
      result.print(preset.equals(ALL) ? all : all.get(0));
      return;
    }
    out.printf("%s, %s, %s%n", machine.cpu(), Count.of(machine.cores(), "core"), machine.jvm());
    for (Preset each : presets) {
      out.println(measure(each, log).text());
      out.flush();
    }
  }

  private Measurement measure(Preset measured, ProgressLog log) {
    log.say("measuring " + measured.key());
    Duration time = Duration.ofNanos((long) (seconds * 1e9));
    Duration warmUp = time.dividedBy(2);
    if (sample != null) {
      SampleBenchmark benchmark = new SampleBenchmark(measured, sample, warmUp, time);
      return new Measurement.Sampling(measured, sample, benchmark.run());
    }
    int sequences = batch == null ? measured.batch() : batch;
    MachineSpeed peak = MachineSpeed.measure(cores);
    StepBenchmark benchmark =
        new StepBenchmark(measured, sequences, lanes, cores / lanes, warmUp, time);
    return new Measurement.Training(measured, cores, sequences, benchmark.run(), peak);
  }

  private void requireMemory(Preset measured) {
    int sequences = batch == null ? measured.batch() : batch;
    LaneMemory lane =
        LaneMemory.of(measured.architecture(), sequences, measured.window(), 0, cores / lanes);
    if (!lane.addressable()) {
      throw misuse(
          String.format(
              Locale.ROOT,
              "Invalid batch: %d (expected fewer sequences: with those of %s, an array of %.4g"
                  + " numbers would be needed, and fewer than 2^31 are possible)",
              sequences,
              measured.key(),
              lane.largestArray()));
    }
    String action =
        String.format(
            Locale.ROOT,
            "measure %s with %s of a batch of %d on %s",
            measured.key(),
            Count.of(lanes, "lane"),
            sequences,
            Count.of(cores, "core"));
    Memory.here().require(SURE * lanes * lane.bytes(), action, "lower --batch or --lanes");
  }
}
