package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import java.io.IOException;

/**
 * A text in stretches that may be normalized one by one: none begins with what may combine with
 * what is before it.
 */
final class Stretches {
  private static final int USUAL = 4096;

  /** Far above any text; what is longer must not fill the memory. */
  private static final int LONGEST = 1 << 20;

  private final CodePoints text;
  private final StringBuilder stretch = new StringBuilder();

  /** The point that begins the next stretch, or {@link CodePoints#END}. */
  private int pending = CodePoints.END;

  Stretches(CodePoints text) {
    this.text = text;
  }

  /** The next stretch; empty at the end. */
  String next() throws IOException {
    stretch.setLength(0);
    if (pending != CodePoints.END) {
      stretch.appendCodePoint(pending);
    }
    pending = text.next();
    while (pending != CodePoints.END && (stretch.length() < USUAL || mayCombine(pending))) {
      if (stretch.length() >= LONGEST) {
        throw new IOException("it has more than a million combining characters in a row");
      }
      stretch.appendCodePoint(pending);
      pending = text.next();
    }
    return stretch.toString();
  }

  /** Marks, and the parts of Korean syllables and half-width sounds, which are letters. */
  private static boolean mayCombine(int point) {
    if (point < 0x300) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default ->
          within(point, 0x1100, 0x11FF) // jamo
              || within(point, 0x3130, 0x318F)
              || within(point, 0xFF9E, 0xFFDC);
    };
  }

  private static boolean within(int point, int first, int last) {
    return point >= first && point <= last;
  }
}
