package io.unroll.worker.decode;

/**
 * What a hypothesis has written so far: its last token, and what was before, which it shares with
 * others. Immutable.
 */
final class Prefix {
  private static final float[] NO_WEIGHTS = new float[0];
  private static final float[][] NO_ATTENTION = new float[0][];

  private final Prefix before;
  private final int token;
  private final int length;
  private final double logProbability;
  private final float[] weights;

  private Prefix(Prefix before, int token, int length, double logProbability, float[] weights) {
    this.before = before;
    this.token = token;
    this.length = length;
    this.logProbability = logProbability;
    this.weights = weights;
  }

  /** Nothing but the begin token. */
  static Prefix begin(int token) {
    return new Prefix(null, token, 0, 0, NO_WEIGHTS);
  }

  /**
   * One token more.
   *
   * @param sum log-probability of all tokens, this one included
   * @param weights of the steps of the source; empty where the model has no attention
   */
  Prefix then(int next, double sum, float[] weights) {
    return new Prefix(this, next, length + 1, sum, weights);
  }

  /** The last token; the begin token where nothing is written. */
  int last() {
    return token;
  }

  /** Tokens written, without the begin token. */
  int length() {
    return length;
  }

  /** Sum over the tokens written. */
  double logProbability() {
    return logProbability;
  }

  /** Those written, in order. */
  int[] tokens() {
    int[] tokens = new int[length];
    for (Prefix at = this; at.length > 0; at = at.before) {
      tokens[at.length - 1] = at.token;
    }
    return tokens;
  }

  /** The weights of each token, in order; empty where the model has no attention. */
  float[][] attention() {
    if (weights.length == 0) {
      return NO_ATTENTION;
    }
    float[][] rows = new float[length][];
    for (Prefix at = this; at.length > 0; at = at.before) {
      rows[at.length - 1] = at.weights;
    }
    return rows;
  }
}
