package io.unroll.worker.train;

import java.io.Serializable;

/**
 * What one lane did in one run of steps: sums and counts, so that reports of several lanes add up.
 *
 * @param lane number of the lane
 * @param steps steps done; a step that diverged is not among them
 * @param tokens predictions in these steps
 * @param sequences in their windows, summed over the steps
 * @param loss their summed loss in nats
 * @param gradientNormSum sum over the steps of the gradient's norm before clipping
 * @param maxGradientNorm largest norm before clipping
 * @param clippedSteps steps whose gradient was scaled down
 * @param nanos time taken
 * @param divergedAt global step whose loss or gradient norm was not finite, or -1. Parameters and
 *     optimiser state are as before that step
 */
public record LaneReport(
    int lane,
    int steps,
    long tokens,
    long sequences,
    double loss,
    double gradientNormSum,
    double maxGradientNorm,
    int clippedSteps,
    long nanos,
    long divergedAt)
    implements Serializable {
  /** Whether a loss or gradient norm was not finite. */
  public boolean diverged() {
    return divergedAt >= 0;
  }
}
