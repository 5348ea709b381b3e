package io.unroll.dataprep.tokenize;

import java.io.IOException;
import java.util.Locale;

/** Words between white space, and {@link Tokenizer#END} at each line feed. */
final class Words implements TokenStream {
  /** Far above any word; what is longer is no text, and must not fill the memory. */
  static final int LONGEST_WORD = 1 << 20;

  private final CodePoints text;
  private final boolean lowerCase;
  private final StringBuilder word = new StringBuilder();
  private boolean lineEnded;

  Words(CodePoints text, boolean lowerCase) {
    this.text = text;
    this.lowerCase = lowerCase;
  }

  @Override
  public String next() throws IOException {
    if (lineEnded) {
      lineEnded = false;
      return Tokenizer.END;
    }
    int point = text.next();
    while (point != CodePoints.END) {
      if (!isWhiteSpace(point)) {
        append(point);
      } else if (word.length() > 0) {
        lineEnded = point == '\n';
        return takeWord();
      } else if (point == '\n') {
        return Tokenizer.END;
      }
      point = text.next();
    }
    return word.length() > 0 ? takeWord() : null;
  }

  private void append(int point) throws IOException {
    if (word.length() >= LONGEST_WORD) {
      throw new IOException(
          String.format(Locale.ROOT, "it has a word of more than %,d characters", LONGEST_WORD));
    }
    word.appendCodePoint(point);
  }

  private String takeWord() {
    String taken = word.toString();
    word.setLength(0);
    return lowerCase ? taken.toLowerCase(Locale.ROOT) : taken;
  }

  /** Unicode's White_Space property, as Python's {@code str.split} has it for text. */
  static boolean isWhiteSpace(int point) {
    return Character.isSpaceChar(point) || (point >= 9 && point <= 13) || point == 0x85;
  }
}
