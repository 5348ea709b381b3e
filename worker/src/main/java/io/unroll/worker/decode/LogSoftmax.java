package io.unroll.worker.decode;

/**
 * Log-probabilities of the tokens of one row: log p_j = (x_j - max x) - log Σ exp(x_k - max x), in
 * double, summed by ascending k; the same bits on every machine. Never above 0.
 *
 * @param highest max x
 * @param logSum logarithm of the sum
 */
record LogSoftmax(float highest, double logSum) {
  /**
   * Reads a row.
   *
   * @param logits holds x from {@code from} to before {@code to}; not modified
   * @throws NonFiniteLogitsException if a logit is NaN or infinite
   */
  static LogSoftmax of(float[] logits, int from, int to) {
    float highest = logits[from];
    for (int x = from; x < to; x++) {
      if (!Float.isFinite(logits[x])) {
        throw new NonFiniteLogitsException(x - from, logits[x]);
      }
      highest = Math.max(highest, logits[x]);
    }
    double sum = 0;
    for (int x = from; x < to; x++) {
      sum += Exponential.of((double) logits[x] - highest);
    }
    return new LogSoftmax(highest, StrictMath.log(sum));
  }

  /** The log-probability of a token with this logit; that of -∞ is -∞. */
  double of(float logit) {
    return ((double) logit - highest) - logSum;
  }
}
