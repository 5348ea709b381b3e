package io.unroll.driver.round;

import io.unroll.worker.model.Tally;
import io.unroll.worker.train.Histogram;
import io.unroll.worker.train.LaneReport;
import java.util.List;
import java.util.Optional;

/**
 * The reports of a round's lanes, added up in lane order.
 *
 * @param computeSeconds time spent in steps, summed over lanes
 * @param busiestCoreSeconds the part of it on the core that spent most
 * @param diverged a lane whose loss or gradient was not finite
 * @param gradients how the first lane's gradient of its last step is spread
 */
public record RoundSummary(
    Tally tally,
    double computeSeconds,
    double busiestCoreSeconds,
    Optional<LaneReport> diverged,
    List<Histogram> gradients) {
  private static final double NANOS = 1e9;

  static RoundSummary of(List<LaneReport> reports, List<LaneTime> times) {
    return new RoundSummary(
        reports.stream().map(LaneReport::tally).reduce(Tally.NONE, Tally::plus),
        reports.stream().mapToLong(LaneReport::nanos).sum() / NANOS,
        LaneTime.onBusiestCore(times) / NANOS,
        reports.stream().filter(LaneReport::diverged).findFirst(),
        reports.stream().flatMap(report -> report.gradients().stream()).toList());
  }
}
