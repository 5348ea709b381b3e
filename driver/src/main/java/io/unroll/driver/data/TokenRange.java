package io.unroll.driver.data;

import java.io.Serializable;
import java.util.Locale;

/**
 * Tokens [from, to) of a running text, from the first input that a lane or a segment reads to its
 * last target: n tokens give n-1 predictions.
 */
record TokenRange(long from, long to) implements Serializable {
  TokenRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid token range [%d, %d)", from, to));
    }
  }

  /** Number of tokens. */
  int length() {
    return Math.toIntExact(to - from);
  }
}
