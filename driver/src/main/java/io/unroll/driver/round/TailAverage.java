package io.unroll.driver.round;

/**
 * The mean of the parameters over the last part of the training, kept up to date round by round.
 * With W after a round that ended with step b and began after step a, and the share s:
 *
 * <pre>
 * A ← A + (1 - (a/b)^(1/s)) (W - A)
 * </pre>
 *
 * <p>A weighs what followed step t with t^(1/s - 1), and so is, whenever the training ends, mostly
 * a mean over its last part: 63 % or more of the weight is on the share s of all steps. It is the
 * polynomial-decay average of Shamir and Zhang (2013), with steps in place of updates so that
 * rounds of different lengths weigh what they should; 1/s = 1 is the mean over all steps (Polyak
 * and Juditsky 1992). Element by element in double, so that the result depends on nothing but its
 * inputs.
 *
 * @param share s, in [0, 1); 0 keeps no mean
 */
public record TailAverage(double share) {
  /** Floats of A. */
  public int stateSize(int parameters) {
    return share == 0 ? 0 : parameters;
  }

  /**
   * Adds what a round led to.
   *
   * @param begin a, steps before the round
   * @param end b, steps after it, more than a
   * @param parameters W
   * @param state holds A, which is replaced
   * @param offset of A in it
   */
  void add(long begin, long end, float[] parameters, float[] state, int offset) {
    if (share == 0) {
      return;
    }
    double weight = 1 - Math.pow((double) begin / end, 1 / share);
    for (int x = 0; x < parameters.length; x++) {
      double mean = state[offset + x];
      state[offset + x] = (float) (mean + weight * (parameters[x] - mean));
    }
  }
}
