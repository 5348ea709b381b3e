package io.unroll.dataprep.tokenize;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * A token is a Unicode code point; every one counts, line ends and control characters too. There is
 * an {@code <unk>} only where it is needed: some are seldomer than the minimum count, or occur only
 * outside the training split.
 */
public record CharTokenizer(int minCount) implements Tokenizer {
  static final String KIND = "char";

  public CharTokenizer {
    Tokenizer.checkMinCount(minCount);
  }

  @Override
  public String kind() {
    return KIND;
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
    boolean onePoint = token.codePointCount(0, token.length()) == 1;
    return token.equals(UNKNOWN) || (onePoint && !Tokenizer.isSurrogate(token.codePointAt(0)));
  }

  @Override
  public Breaks breaks() {
    return Breaks.ANYWHERE;
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    String[] known = new String[0x3000];
    return () -> {
      int point = text.next();
      if (point == CodePoints.END) {
        return null;
      }
      if (point >= known.length) {
        return Character.toString(point);
      }
      if (known[point] == null) {
        known[point] = Character.toString(point);
      }
      return known[point];
    };
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    return Tokenizer.of(KIND, false, otherMinCount, otherMaxVocabulary);
  }

  @Override
  public OptionalInt bytes(String token) {
    return token.equals(UNKNOWN)
        ? OptionalInt.empty()
        : OptionalInt.of(token.getBytes(StandardCharsets.UTF_8).length);
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }
}
