package io.unroll.driver.train;

import io.unroll.worker.train.LaneReport;
import java.util.List;
import java.util.Optional;

/**
 * The reports of a round's lanes, added up in lane order.
 *
 * @param sequences in the windows, summed over steps and lanes
 * @param loss mean over the predictions, nats
 * @param computeSeconds time spent in steps, summed over lanes
 * @param busiestCoreSeconds the part of it on the core that spent most
 * @param diverged a lane whose loss or gradient was not finite
 */
record RoundSummary(
    long tokens,
    long sequences,
    double loss,
    double gradientNorm,
    double maxGradientNorm,
    double clippedShare,
    double computeSeconds,
    double busiestCoreSeconds,
    Optional<LaneReport> diverged) {
  private static final double NANOS = 1e9;

  /** Mean over the windows' sequences, nats. */
  double lossOfSequence() {
    return tokens == 0 ? 0 : loss * tokens / sequences;
  }

  static RoundSummary of(List<LaneReport> reports, List<LaneTime> times) {
    long tokens = 0;
    long sequences = 0;
    long steps = 0;
    long clipped = 0;
    long nanos = 0;
    double loss = 0;
    double norms = 0;
    double maxNorm = 0;
    for (LaneReport report : reports) {
      tokens += report.tokens();
      sequences += report.sequences();
      steps += report.steps();
      clipped += report.clippedSteps();
      nanos += report.nanos();
      loss += report.loss();
      norms += report.gradientNormSum();
      maxNorm = Math.max(maxNorm, report.maxGradientNorm());
    }
    return new RoundSummary(
        tokens,
        sequences,
        loss / tokens,
        norms / steps,
        maxNorm,
        (double) clipped / steps,
        nanos / NANOS,
        LaneTime.onBusiestCore(times) / NANOS,
        reports.stream().filter(LaneReport::diverged).findFirst());
  }
}
