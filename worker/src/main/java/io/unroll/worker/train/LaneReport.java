package io.unroll.worker.train;

import io.unroll.worker.model.Tally;
import java.io.Serializable;
import java.util.List;

/**
 * What one lane did in one run of steps.
 *
 * @param lane number of the lane
 * @param tally of the steps done; a step that diverged is not among them
 * @param nanos time taken
 * @param divergedAt global step whose loss or gradient norm was not finite, or -1. Parameters and
 *     optimiser state are as before that step
 * @param gradients how the gradient of the last step is spread, before clipping; of the first lane
 *     only, and empty if it diverged
 */
public record LaneReport(
    int lane, Tally tally, long nanos, long divergedAt, List<Histogram> gradients)
    implements Serializable {
  /** Whether a loss or gradient norm was not finite. */
  public boolean diverged() {
    return divergedAt >= 0;
  }
}
