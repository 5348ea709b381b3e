package io.unroll.worker.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Measures whole training steps: forward, backward, clipping by global norm and SGD. Each core
 * trains a lane of its own, with its own parameters, on synthetic tokens; state is carried from
 * step to step. All lanes run at the same time, first a warm-up, then the measured time.
 *
 * @param batch B of each lane
 * @param cores lanes, one thread each
 * @param warmUp time that does not count, at least three steps
 * @param measured time that counts, at least three steps
 */
public record StepBenchmark(
    Preset preset, int batch, int cores, Duration warmUp, Duration measured) {
  public StepBenchmark {
    if (batch < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid batch: %d (expected at least 1)", batch));
    }
    if (cores < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid cores: %d (expected at least 1)", cores));
    }
  }

  /** Runs it: takes as long as warm-up and measured time together, and a little more. */
  public StepSpeed run() {
    try (SideBySide threads = new SideBySide(cores)) {
      List<TimedLane> lanes = threads.run(tasks(lane -> new TimedLane(preset, batch, lane)));
      threads.run(tasks(lane -> lanes.get(lane).train(warmUp)));
      List<long[]> nanos = threads.run(tasks(lane -> lanes.get(lane).train(measured)));
      TimedLane first = lanes.get(0);
      return StepSpeed.of(preset, batch, first.kernel(), first.distinctShare(), nanos);
    }
  }

  private interface LaneTask<T> {
    T of(int lane);
  }

  private <T> List<Callable<T>> tasks(LaneTask<T> task) {
    return IntStream.range(0, cores).<Callable<T>>mapToObj(lane -> () -> task.of(lane)).toList();
  }
}
