package io.unroll.worker.decode;

/**
 * How a search by beams goes.
 *
 * <p>The score of a hypothesis is log p / n^α, with the sum of the log-probabilities of its n
 * tokens, the end token included. With α > 0 a long text of likely tokens may outdo the right short
 * one, since a search goes on while that is possible: {@code longest} should not be far above what
 * is sensible.
 *
 * @param width K, hypotheses that are followed at a time, at least 1; 1 takes the likeliest token
 *     each time (greedy)
 * @param best how many hypotheses are handed out for each source, 1 to K
 * @param lengthPenalty α, at least 0; 1 compares by the mean, 0 by the sum
 * @param noRepeat no n tokens in a row are written twice by a hypothesis; 0 for no such limit
 * @param longest most tokens that a hypothesis has, the end token included, at least 1
 */
public record BeamOptions(int width, int best, double lengthPenalty, int noRepeat, int longest) {
  public BeamOptions {
    if (width < 1) {
      throw new IllegalArgumentException("Invalid --beam: " + width + " (expected at least 1)");
    }
    if (best < 1 || best > width) {
      throw new IllegalArgumentException(
          "Invalid --best: " + best + " (expected 1 to --beam, which is " + width + ")");
    }
    if (!(lengthPenalty >= 0 && lengthPenalty < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid --length-penalty: " + lengthPenalty + " (expected at least 0)");
    }
    if (noRepeat < 0) {
      throw new IllegalArgumentException(
          "Invalid --no-repeat: " + noRepeat + " (expected 1 or more, or 0 for no limit)");
    }
    if (longest < 1) {
      throw new IllegalArgumentException(
          "Invalid --longest: " + longest + " (expected at least 1)");
    }
  }

  /** The likeliest token each time. */
  public static BeamOptions greedy(int longest) {
    return beam(1, longest);
  }

  /** The best of K by the mean log-probability of its tokens. */
  public static BeamOptions beam(int width, int longest) {
    return new BeamOptions(width, 1, 1, 0, longest);
  }

  /**
   * Rows of the largest step of a search: K for each source, and with K > 1 one more, which follows
   * the greedy hypothesis after it has dropped out of the beam.
   */
  public int rows(int sources) {
    return Math.multiplyExact(sources, width == 1 ? 1 : Math.addExact(width, 1));
  }

  /**
   * The score of a hypothesis; at most 0.
   *
   * @param logProbability sum over its tokens, at most 0
   * @param length tokens, the end token included
   */
  double score(double logProbability, int length) {
    // StrictMath: the same order on every machine.
    return logProbability / StrictMath.pow(length, lengthPenalty);
  }

  /**
   * The highest score that a hypothesis can reach which is not ended: further tokens add nothing
   * above 0, and no length divides by more than the longest.
   */
  double bound(double logProbability) {
    return score(logProbability, longest);
  }
}
