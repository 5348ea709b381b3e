package io.unroll.driver.report;

/** What one token is, and so in which measure people read its loss beside nats. */
public enum TokenUnit {
  /** Characters: bits per character, loss / ln 2. */
  CHARACTER("character", "bits/char"),
  /** Words: perplexity, exp(loss). */
  WORD("word", "perplexity"),
  /** Subwords and everything else: perplexity, exp(loss). */
  TOKEN("token", "perplexity"),
  /** Labels: accuracy, which their loss does not tell. */
  LABEL("label", "accuracy");

  static final double LN_2 = Math.log(2);

  private final String noun;
  private final String measure;

  TokenUnit(String noun, String measure) {
    this.noun = noun;
    this.measure = measure;
  }

  /**
   * The unit of a tokenizer.
   *
   * @param tokenizer a tokenizer's kind as in {@code vocabulary.json}: {@code char}, {@code word}
   *     or any other
   */
  public static TokenUnit of(String tokenizer) {
    return switch (tokenizer) {
      case "char", "char-sequence" -> CHARACTER;
      case "word", "word-sequence" -> WORD;
      default -> TOKEN;
    };
  }

  /** What one token is called: character, word, token. */
  String noun() {
    return noun;
  }

  /** The measure's name: bits/char or perplexity. */
  String measure() {
    return measure;
  }

  /** A loss in nats per token, in this measure. */
  double measured(double loss) {
    return this == CHARACTER ? loss / LN_2 : Math.exp(loss);
  }
}
