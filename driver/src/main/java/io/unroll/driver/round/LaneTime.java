package io.unroll.driver.round;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a lane was computing its steps, on the clock of its executor.
 *
 * @param executor Spark's id of the executor
 * @param begin {@link System#nanoTime} there
 * @param nanos time spent in steps
 */
record LaneTime(String executor, long begin, long nanos) implements Serializable {
  /** Lanes that one core computed one after the other. */
  private static final class Core {
    private long end;
    private long nanos;

    void compute(LaneTime lane) {
      end = lane.begin() + lane.nanos();
      nanos += lane.nanos();
    }
  }

  /**
   * Time spent in steps on the core that spent most: what the round would have taken if Spark took
   * no time. Lanes of an executor that did not overlap are taken to have shared a core, each
   * following the lane that ended last before it.
   *
   * @return in nanoseconds; 0 without lanes
   */
  static long onBusiestCore(List<LaneTime> lanes) {
    Map<String, List<Core>> executors = new HashMap<>();
    lanes.stream()
        .sorted(Comparator.comparingLong(LaneTime::begin))
        .forEach(
            lane ->
                core(executors.computeIfAbsent(lane.executor(), id -> new ArrayList<>()), lane));
    return executors.values().stream()
        .flatMap(List::stream)
        .mapToLong(core -> core.nanos)
        .max()
        .orElse(0);
  }

  private static void core(List<Core> cores, LaneTime lane) {
    Core core =
        cores.stream()
            .filter(candidate -> candidate.end <= lane.begin())
            .max(Comparator.comparingLong(candidate -> candidate.end))
            .orElseGet(
                () -> {
                  cores.add(new Core());
                  return cores.get(cores.size() - 1);
                });
    core.compute(lane);
  }
}
