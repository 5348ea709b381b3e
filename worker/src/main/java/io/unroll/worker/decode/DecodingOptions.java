package io.unroll.worker.decode;

import java.io.Serializable;

/**
 * How texts are written about examples.
 *
 * @param width hypotheses that are followed side by side; 1 is greedy
 * @param best how many are told of each example
 * @param lengthPenalty α: a hypothesis of n tokens has its log-probability divided by n^α
 * @param noRepeat n: no n tokens come twice in a row of tokens; 0: they may
 * @param longest most tokens of a text, the end included; 0: half as many again as the source has
 *     tokens, and {@value #ROOM}, or {@value #ABOUT_VECTORS} about vectors
 */
public record DecodingOptions(int width, int best, double lengthPenalty, int noRepeat, int longest)
    implements Serializable {
  /** Tokens that even the text about a short source may have. */
  private static final int ROOM = 10;

  /** Tokens that a text about vectors may have. */
  private static final int ABOUT_VECTORS = 50;

  /**
   * @throws IllegalArgumentException if a value is none
   */
  public DecodingOptions {
    if (longest < 0) {
      throw new IllegalArgumentException(
          "Invalid --longest: " + longest + " (expected at least 1)");
    }
    new BeamOptions(width, best, lengthPenalty, noRepeat, Math.max(1, longest));
  }

  /** The likeliest token again and again. */
  public static DecodingOptions greedy() {
    return beam(1);
  }

  /** The best of so many, by the mean of their log-probabilities. */
  public static DecodingOptions beam(int width) {
    return new DecodingOptions(width, 1, 1, 0, 0);
  }

  /** Most tokens of a text about a source of so many tokens. */
  int longest(int tokens) {
    return longest > 0 ? longest : tokens + tokens / 2 + ROOM;
  }

  /** Most tokens of a text about vectors. */
  int longestAboutVectors() {
    return longest > 0 ? longest : ABOUT_VECTORS;
  }

  /** A search for texts of at most so many tokens. */
  BeamOptions search(int most) {
    return new BeamOptions(width, best, lengthPenalty, noRepeat, most);
  }
}
