package io.unroll.worker.decode;

import io.unroll.worker.math.Rows;

/**
 * Log-probabilities of the tokens of one row: log p_j = (x_j - max x) - log Σ exp(x_k - max x). The
 * sum is that of training, in float; the same bits on every machine. Never above 0 by more than its
 * rounding.
 *
 * @param highest max x
 * @param logSum logarithm of the sum
 */
record LogSoftmax(float highest, double logSum) {
  /** Of a float's rounding, and more. */
  private static final double MARGIN = 1e-6;

  /**
   * Reads a row.
   *
   * @param logits holds x from {@code from} on; not modified
   * @param exponentials as long as a row; overwritten
   * @throws NonFiniteLogitsException if a logit is NaN or +∞, or all are -∞
   */
  static LogSoftmax of(Rows kernels, float[] logits, int from, float[] exponentials) {
    float highest = kernels.max(logits, from, from + exponentials.length);
    System.arraycopy(logits, from, exponentials, 0, exponentials.length);
    float sum = kernels.exponentials(exponentials, 0, exponentials.length, highest);
    if (!Float.isFinite(highest) || Float.isNaN(sum)) {
      throw refusal(logits, from, exponentials.length);
    }
    return new LogSoftmax(highest, StrictMath.log(sum));
  }

  /** Of the first logit that is NaN or +∞; of the last one if all are -∞. */
  private static NonFiniteLogitsException refusal(float[] logits, int from, int count) {
    int x = 0;
    while (x < count - 1 && logits[from + x] < Float.POSITIVE_INFINITY) {
      x++;
    }
    return new NonFiniteLogitsException(x, logits[from + x]);
  }

  /** The log-probability of a token with this logit; that of -∞ is -∞. */
  double of(float logit) {
    return ((double) logit - highest) - logSum;
  }

  /**
   * A logit below which no token has at least this log-probability, {@link #of rounding} included.
   */
  float logitOf(double logProbability) {
    double logit = logProbability + logSum + highest;
    return (float) (logit - MARGIN * Math.max(1, Math.abs(logit)));
  }
}
