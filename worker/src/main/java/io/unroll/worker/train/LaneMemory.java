package io.unroll.worker.train;

import io.unroll.worker.model.Architecture;

/**
 * What training a lane takes of the heap, by the formula of {@code docs/performance.md}, before
 * anything is allocated. In doubles: sizes beyond every array must be told, too.
 *
 * @param parameters P, numbers that are trained
 * @param largestArray elements of the longest array that is needed
 * @param floats in all arrays together; what is allocated is within 15 % of it
 */
public record LaneMemory(double parameters, double largestArray, double floats) {
  /** Some virtual machines keep a few elements below 2^31 - 1. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Floats of the kernels of one core: some rows of a left operand. */
  private static final int KERNELS = 128 * 512;

  private static final int SLOTS = 256;
  private static final int LOGITS = 1 << 22;
  private static final int FEWEST_LOGIT_ROWS = 64;

  /**
   * Applies the formula.
   *
   * @param batch B, sequences of a step
   * @param window T, time steps of a step
   * @param slots s, floats of optimiser state per parameter
   * @param cores n, that the lane computes on
   */
  public static LaneMemory of(
      Architecture architecture, int batch, int window, int slots, int cores) {
    double vocabulary = architecture.vocabulary();
    double embedding = architecture.embedding();
    double hidden = architecture.hidden();
    double layers = architecture.layers();
    double gates = architecture.cell().gates() * hidden;
    double steps = (double) window * batch;
    double inputs = embedding + (layers - 1) * hidden;
    double recurrent = gates * (inputs + layers * hidden);
    double weights = recurrent + vocabulary * hidden;
    double output = architecture.tieWeights() ? 0 : vocabulary * hidden;
    double parameters =
        vocabulary * embedding + recurrent + 2 * layers * gates + output + vocabulary;
    double tokens = Math.min(vocabulary, Math.max(steps, SLOTS));
    double logits = vocabulary * Math.min(steps, Math.max(LOGITS / vocabulary, FEWEST_LOGIT_ROWS));
    double widest = Math.max(embedding, hidden);
    double floats =
        (2 + slots) * parameters
            + 2 * weights
            + layers * steps * perStep(architecture)
            + 2 * tokens * (embedding + gates)
            + steps * widest
            + logits
            + (double) cores * KERNELS;
    double state = layers * architecture.cell().states() * hidden * batch;
    double largest = Math.max(parameters, slots * parameters);
    largest = Math.max(largest, steps * Math.max(embedding, gates));
    largest = Math.max(largest, Math.max(logits, state));
    return new LaneMemory(parameters, largest, floats);
  }

  /** A: floats that a layer keeps of each step. */
  private static double perStep(Architecture architecture) {
    double hidden = architecture.hidden();
    double gates = architecture.cell().gates() * hidden;
    double kept =
        switch (architecture.cell()) {
          case RNN -> gates + 2 * hidden;
          case LSTM -> gates + 4 * hidden;
          case GRU -> gates + 3 * hidden;
          case GRU_RESET_AFTER -> 2 * gates + 2 * hidden;
        };
    return architecture.dropout() > 0 ? kept + 3 * hidden : kept;
  }

  /** All arrays together. */
  public double bytes() {
    return Float.BYTES * floats;
  }

  /** Whether Java's arrays are long enough; if not, no memory suffices. */
  public boolean addressable() {
    return largestArray <= LONGEST_ARRAY;
  }
}
