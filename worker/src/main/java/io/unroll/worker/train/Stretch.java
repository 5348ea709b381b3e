package io.unroll.worker.train;

import java.io.Serializable;

/**
 * The steps that a lane is to do in one go, all of one epoch.
 *
 * @param epoch from 0
 * @param first first step within the epoch
 * @param count steps; a lane whose epoch ends earlier does fewer, perhaps none
 * @param epochOffset steps of the lane in earlier epochs. epochOffset + step is the global step,
 *     which learning rate and dropout follow
 * @param updates updates that the optimiser state has seen before the first step, which Adam's bias
 *     correction follows; 0 for a state of zeros
 * @param reductions of the learning rate before the first step
 */
public record Stretch(
    int epoch, int first, int count, long epochOffset, long updates, int reductions)
    implements Serializable {
  /** With a learning rate that was not reduced. */
  public Stretch(int epoch, int first, int count, long epochOffset, long updates) {
    this(epoch, first, count, epochOffset, updates, 0);
  }

  /** Global step after the last one of a lane that does them all. */
  public long end() {
    return epochOffset + first + count;
  }
}
