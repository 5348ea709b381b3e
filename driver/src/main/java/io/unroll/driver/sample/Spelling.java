package io.unroll.driver.sample;

import io.unroll.dataprep.dataset.Vocabulary;

/**
 * Spells tokens one after the other. What a token adds to a text depends on the last one before it
 * that shows, as does the blank between two words: the pieces together are what the vocabulary
 * makes of all tokens at once.
 */
final class Spelling {
  private static final int NONE = -1;

  private final Vocabulary vocabulary;
  private int last = NONE;

  /**
   * @param before tokens that are spelled already
   */
  Spelling(Vocabulary vocabulary, int[] before) {
    this.vocabulary = vocabulary;
    for (int token : before) {
      add(token);
    }
  }

  /** What the next token adds to the text. */
  String add(int token) {
    String text =
        last == NONE
            ? vocabulary.decode(new int[] {token})
            : vocabulary
                .decode(new int[] {last, token})
                .substring(vocabulary.decode(new int[] {last}).length());
    if (!text.isEmpty()) {
      last = token;
    }
    return text;
  }
}
