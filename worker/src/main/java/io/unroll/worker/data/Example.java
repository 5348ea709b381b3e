package io.unroll.worker.data;

import java.io.Serializable;
import java.util.Locale;

/**
 * What is read, and what is to be said of it. Arrays are not copied.
 *
 * @param steps how many tokens, or vectors, are read; at least 1
 * @param tokens read; empty where vectors are
 * @param words characters of each token; empty where they are not read
 * @param values of the vectors, one after the other; empty where tokens are read
 * @param targets one label, or one for each step, or a text from its begin to its end token; empty
 *     where nobody knows
 */
public record Example(int steps, int[] tokens, int[][] words, float[] values, int[] targets)
    implements Serializable {
  private static final int[] NO_TOKENS = new int[0];
  private static final int[][] NO_WORDS = new int[0][];
  private static final float[] NO_VALUES = new float[0];

  public Example {
    boolean fits =
        steps >= 1
            && (values.length > 0 ? tokens.length == 0 : tokens.length == steps)
            && values.length % steps == 0
            && (words.length == 0 || words.length == tokens.length);
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid example: %d steps, %d tokens, %d words, %d numbers",
              steps,
              tokens.length,
              words.length,
              values.length));
    }
  }

  /** One that reads tokens. */
  public static Example ofTokens(int[] tokens, int[] targets) {
    return new Example(tokens.length, tokens, NO_WORDS, NO_VALUES, targets);
  }

  /** One that reads tokens with their characters. */
  public static Example ofWords(int[] tokens, int[][] words, int[] targets) {
    return new Example(tokens.length, tokens, words, NO_VALUES, targets);
  }

  /** One that reads vectors. */
  public static Example ofVectors(int steps, float[] values, int[] targets) {
    return new Example(steps, NO_TOKENS, NO_WORDS, values, targets);
  }

  /** What is to be said, about another source. */
  public Example about(Example source) {
    return new Example(source.steps, source.tokens, source.words, source.values, targets);
  }

  /** The same, as if nobody knew what is to be said of it. */
  public Example withoutTargets() {
    return new Example(steps, tokens, words, values, NO_TOKENS);
  }
}
