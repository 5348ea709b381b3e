package io.unroll.dataprep.examples;

import java.util.Locale;

/** What a word is among the tokens, and among the characters. */
final class WrittenWord {
  /** Code points of the longest word whose characters are all kept. */
  static final int MOST_CHARACTERS = 25;

  /** Of a longer one, so many at the beginning are kept, and the rest at the end. */
  private static final int FIRST = 13;

  private WrittenWord() {}

  static String token(String word, boolean lowerCase) {
    return lowerCase ? word.toLowerCase(Locale.ROOT) : word;
  }

  /** Its code points as it is written, without the middle of a very long one. */
  static int[] characters(String word) {
    int[] all = word.codePoints().toArray();
    if (all.length <= MOST_CHARACTERS) {
      return all;
    }
    int[] kept = new int[MOST_CHARACTERS];
    int last = MOST_CHARACTERS - FIRST;
    System.arraycopy(all, 0, kept, 0, FIRST);
    System.arraycopy(all, all.length - last, kept, FIRST, last);
    return kept;
  }
}
