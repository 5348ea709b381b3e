package io.unroll.worker.data;

/** The windows of one lane in one epoch, in training order. A pure function of data and seed. */
public interface WindowSource {
  /** Steps that one epoch of this lane has; may be 0. */
  int steps(int epoch);

  /**
   * Fills in one window. Called with ascending steps within an epoch, from any first step on.
   *
   * @param epoch from 0
   * @param step from 0 to {@code steps(epoch) - 1}
   */
  void load(int epoch, int step, Window window);
}
