package io.unroll.dataprep.tokenize;

import java.util.List;
import java.util.Locale;

/** Words of lines, however they are cut. */
sealed interface LineTokenizer extends Tokenizer permits WordTokenizer, WordPunctuationTokenizer {
  @Override
  default List<String> specialTokens() {
    return List.of(UNKNOWN, END);
  }

  @Override
  default boolean isToken(String token) {
    return Tokenizer.isWord(token);
  }

  @Override
  default Breaks breaks() {
    return Breaks.BLANKS;
  }

  @Override
  default String join(List<String> tokens) {
    var text = new StringBuilder();
    boolean lineBegins = true;
    for (String token : tokens) {
      if (token.equals(END)) {
        text.append('\n');
        lineBegins = true;
      } else {
        text.append(lineBegins ? "" : " ").append(token);
        lineBegins = false;
      }
    }
    return text.toString();
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  static void check(int minCount, int maxVocabulary) {
    Tokenizer.checkMinCount(minCount);
    if (maxVocabulary != 0 && maxVocabulary < 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-vocabulary: %d (expected 0 for no limit, or at least 3: <unk>, <eos> and a word)",
              maxVocabulary));
    }
  }
}
