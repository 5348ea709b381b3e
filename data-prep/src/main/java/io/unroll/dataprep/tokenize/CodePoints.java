package io.unroll.dataprep.tokenize;

import java.io.IOException;

/** Unicode code points, one after the other. */
public interface CodePoints {
  /** What {@link #next} returns at the end. */
  int END = -1;

  /**
   * The next code point, or {@link #END}.
   *
   * @throws IOException if the text below cannot be read
   */
  int next() throws IOException;

  /** The code points of a string; an unpaired surrogate counts as one. */
  static CodePoints of(String text) {
    var points = text.codePoints().iterator();
    return () -> points.hasNext() ? points.nextInt() : END;
  }
}
