package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Count;
import io.unroll.worker.benchmark.Machine;
import io.unroll.worker.benchmark.MachineSpeed;
import io.unroll.worker.benchmark.Preset;
import io.unroll.worker.benchmark.SampleBenchmark;
import io.unroll.worker.benchmark.StepSpeed;
import java.util.Locale;

/** What the benchmark found out about one preset, for people and for scripts. */
sealed interface Measurement {
  /** One line, aligned with those of other presets. */
  String text();

  /** The same with all digits, and where it was measured. */
  ObjectNode json(Machine machine);

  /** The beginning of every object, with the keys that all have. */
  private static ObjectNode json(
      Machine machine, Preset preset, int cores, double tokensPerSecond, String kernel) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("preset", preset.key());
    object.put("cores", cores);
    object.put("tokens-per-second", tokensPerSecond);
    object.put("kernel", kernel);
    object.put("jvm", machine.jvm());
    object.put("cpu", machine.cpu());
    return object;
  }

  /**
   * Training steps.
   *
   * @param cores of all lanes together
   * @param batch sequences of each lane
   * @param peak of the same cores
   */
  record Training(Preset preset, int cores, int batch, StepSpeed speed, MachineSpeed peak)
      implements Measurement {
    /** Share of the peak that the executed operations reach, in [0, 1] but for noise. */
    double peakShare() {
      return speed.executedGflops() / peak.gflops();
    }

    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "%-8s  cores %d  lanes %d  batch %-3d %,11.0f tokens/s  step %8.2f ms  %7.1f GFLOP/s nominal,"
              + " %7.1f executed, %3.0f %% of the peak of %7.1f  memory %5.1f GB/s  kernel %s",
          preset.key(),
          cores,
          speed.lanes(),
          batch,
          speed.tokensPerSecond(),
          speed.stepMilliseconds(),
          speed.gflops(),
          speed.executedGflops(),
          100 * peakShare(),
          peak.gflops(),
          peak.memoryGbPerSecond(),
          speed.kernel());
    }

    @Override
    public ObjectNode json(Machine machine) {
      ObjectNode object =
          Measurement.json(machine, preset, cores, speed.tokensPerSecond(), speed.kernel());
      object.put("lanes", speed.lanes());
      object.put("batch", batch);
      object.put("steps", speed.steps());
      object.put("step-milliseconds", speed.stepMilliseconds());
      object.put("gflops", speed.gflops());
      object.put("executed-gflops", speed.executedGflops());
      object.put("peak-gflops", peak.gflops());
      object.put("peak-share", peakShare());
      object.put("memory-gb-per-second", peak.memoryGbPerSecond());
      return object;
    }
  }

  /**
   * Sampling, on one core.
   *
   * @param length tokens of a text
   */
  record Sampling(Preset preset, int length, SampleBenchmark.Speed speed) implements Measurement {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "%-8s  %s in %8.3f s  %,11.0f tokens/s  kernel %s",
          preset.key(),
          Count.of(length, "token"),
          speed.seconds(),
          speed.tokensPerSecond(),
          speed.kernel());
    }

    @Override
    public ObjectNode json(Machine machine) {
      ObjectNode object =
          Measurement.json(machine, preset, 1, speed.tokensPerSecond(), speed.kernel());
      object.put("sampled-tokens", length);
      object.put("texts", speed.texts());
      object.put("sample-seconds", speed.seconds());
      return object;
    }
  }
}
