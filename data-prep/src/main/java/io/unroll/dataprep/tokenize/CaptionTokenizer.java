package io.unroll.dataprep.tokenize;

import java.io.IOException;
import java.util.List;

/**
 * The usual tokens of captions: lower-case words between white space, punctuation removed (not
 * replaced: {@code man's} is {@code mans}), as in <a
 * href="https://github.com/karpathy/neuraltalk2/blob/master/prepro.py">NeuralTalk2's
 * preparation</a>. Removed are the 32 signs of ASCII, Unicode's category P, and unpaired
 * surrogates, which JSON can hold and UTF-8 cannot.
 */
public record CaptionTokenizer(int minCount) implements Tokenizer {
  static final String KIND = "caption";

  /** Punctuation of ASCII that Unicode has among the symbols. */
  private static final String ASCII_SYMBOLS = "$+<=>^`|~";

  public CaptionTokenizer {
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
    return true;
  }

  @Override
  public List<String> specialTokens() {
    return List.of(UNKNOWN, BEGIN, END);
  }

  @Override
  public boolean isToken(String token) {
    return Tokenizer.isWord(token);
  }

  @Override
  public Breaks breaks() {
    return Breaks.ANYWHERE;
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    return new Words(() -> nextKept(text), true);
  }

  /** The next code point that is no punctuation; a line end is mere white space. */
  private static int nextKept(CodePoints text) throws IOException {
    int point = text.next();
    while (point != CodePoints.END && isPunctuation(point)) {
      point = text.next();
    }
    return point == '\n' ? ' ' : point;
  }

  private static boolean isPunctuation(int point) {
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.SURROGATE ->
          true;
      default -> ASCII_SYMBOLS.indexOf(point) >= 0;
    };
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    if (otherMaxVocabulary != 0) {
      throw new IllegalArgumentException(
          "Invalid max-vocabulary: the caption tokenizer has no such setting (expected tokenizer word)");
    }
    return new CaptionTokenizer(otherMinCount);
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(
        " ", tokens.stream().filter(t -> !t.equals(BEGIN) && !t.equals(END)).toList());
  }
}
