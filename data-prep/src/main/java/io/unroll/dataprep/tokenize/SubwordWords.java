package io.unroll.dataprep.tokenize;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * What subwords never cross: a run of letters, of digits or of signs, each with the blank before
 * it; a line feed; other white space. The texts of all of them, one after the other, are the text.
 */
final class SubwordWords implements TokenStream {
  /** The same as a regular expression, as Hugging Face's tokenizers read it. */
  static final String PATTERN =
      " ?[\\p{L}\\p{M}]+| ?\\p{N}+| ?[^\\s\\p{L}\\p{M}\\p{N}]+|[^\\S\\n]+(?!\\S)|[^\\S\\n]+|\\n";

  /** Kinds of code points. */
  private enum Kind {
    LETTER,
    DIGIT,
    SIGN,
    BLANK,
    LINE_FEED,
    END
  }

  private final CodePoints text;
  private final boolean lowerCase;
  private final StringBuilder open = new StringBuilder();
  private final Deque<String> ready = new ArrayDeque<>();
  private Kind kind = Kind.END;
  private boolean ended;

  SubwordWords(CodePoints text, boolean lowerCase) {
    this.text = text;
    this.lowerCase = lowerCase;
  }

  @Override
  public String next() throws IOException {
    while (ready.isEmpty() && !ended) {
      int point = text.next();
      ended = point == CodePoints.END;
      add(point);
    }
    return ready.poll();
  }

  private void add(int point) throws IOException {
    Kind next = kindOf(point);
    if (next != kind || next == Kind.LINE_FEED) {
      close(next);
      kind = next;
    }
    if (next != Kind.END) {
      append(point);
    }
  }

  /** Hands over what is open; the blank before a word stays, to begin it. */
  private void close(Kind next) {
    boolean beforeWord =
        kind == Kind.BLANK && next != Kind.LINE_FEED && next != Kind.END && open.length() > 0;
    if (!beforeWord) {
      handOver(open.length());
      return;
    }
    handOver(open.offsetByCodePoints(open.length(), -1));
    if (open.charAt(0) != ' ') {
      handOver(open.length());
    }
  }

  private void handOver(int length) {
    if (length > 0) {
      ready.add(open.substring(0, length));
      open.delete(0, length);
    }
  }

  private void append(int point) throws IOException {
    if (open.length() >= Words.LONGEST_WORD) {
      throw new IOException(
          String.format(
              Locale.ROOT, "it has a word of more than %,d characters", Words.LONGEST_WORD));
    }
    if (lowerCase) {
      open.append(Character.toString(point).toLowerCase(Locale.ROOT));
    } else {
      open.appendCodePoint(point);
    }
  }

  private static Kind kindOf(int point) {
    if (point == CodePoints.END) {
      return Kind.END;
    }
    if (point == '\n') {
      return Kind.LINE_FEED;
    }
    if (Words.isWhiteSpace(point)) {
      return Kind.BLANK;
    }
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          Kind.LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          Kind.DIGIT;
      default -> Kind.SIGN;
    };
  }
}
