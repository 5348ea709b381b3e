package io.unroll.worker.benchmark;

import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.parallel.Cores;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Measures whole training steps: forward, backward, clipping by global norm and SGD. Each lane has
 * its own parameters and cores and trains on synthetic tokens; state is carried from step to step.
 * All lanes run at the same time, first a warm-up, then the measured time.
 *
 * @param batch B of each lane
 * @param lanes lanes that train at the same time
 * @param threads cores of each lane
 * @param warmUp time that does not count, at least three steps
 * @param measured time that counts, at least three steps
 */
public record StepBenchmark(
    Preset preset, int batch, int lanes, int threads, Duration warmUp, Duration measured) {
  public StepBenchmark {
    atLeastOne("batch", batch);
    atLeastOne("lanes", lanes);
    atLeastOne("threads", threads);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (expected at least 1)", name, value));
    }
  }

  /** Runs it: takes as long as warm-up and measured time together, and a little more. */
  public StepSpeed run() {
    try (SideBySide together = new SideBySide(lanes)) {
      List<TimedLane> timed = together.run(tasks(this::lane));
      together.run(tasks(lane -> timed.get(lane).train(warmUp)));
      List<long[]> nanos = together.run(tasks(lane -> timed.get(lane).train(measured)));
      TimedLane first = timed.get(0);
      return StepSpeed.of(preset, batch, first.kernel(), first.distinctShare(), nanos);
    }
  }

  private TimedLane lane(int lane) {
    return new TimedLane(preset, batch, lane, Cores.of(threads, KernelChoice::fastest));
  }

  private interface LaneTask<T> {
    T of(int lane);
  }

  private <T> List<Callable<T>> tasks(LaneTask<T> task) {
    return IntStream.range(0, lanes).<Callable<T>>mapToObj(lane -> () -> task.of(lane)).toList();
  }
}
