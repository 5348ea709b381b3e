package io.unroll.dataprep.tokenize;

import java.io.IOException;
import java.util.List;

/**
 * The whole text is one token: a label. A label is any text that is not blank and has no line
 * break.
 */
public record LabelTokenizer() implements Tokenizer {
  static final String KIND = "label";

  /** Line feed to carriage return, next line, and Unicode's separators of lines and paragraphs. */
  private static final String LINE_BREAKS = "\n\u000B\f\r\u0085\u2028\u2029";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int minCount() {
    return 1;
  }

  @Override
  public int maxVocabulary() {
    return 0;
  }

  @Override
  public boolean lowerCase() {
    return false;
  }

  @Override
  public List<String> specialTokens() {
    return List.of();
  }

  @Override
  public boolean isToken(String token) {
    return isLabel(token);
  }

  /** Whether a text can be a label. */
  public static boolean isLabel(String text) {
    return text.codePoints().anyMatch(point -> !Words.isWhiteSpace(point))
        && text.codePoints()
            .noneMatch(point -> LINE_BREAKS.indexOf(point) >= 0 || Tokenizer.isSurrogate(point));
  }

  @Override
  public Breaks breaks() {
    return Breaks.ANYWHERE;
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    return () -> {
      var label = new StringBuilder();
      for (int point = text.next(); point != CodePoints.END; point = text.next()) {
        if (label.length() >= Words.LONGEST_WORD) {
          throw new IOException("it is too long for a label");
        }
        label.appendCodePoint(point);
      }
      return label.isEmpty() ? null : label.toString();
    };
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    if (otherMinCount != 1 || otherMaxVocabulary != 0) {
      throw new IllegalArgumentException(
          "Invalid min-count or max-vocabulary: labels are all taken (expected neither)");
    }
    return this;
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }
}
