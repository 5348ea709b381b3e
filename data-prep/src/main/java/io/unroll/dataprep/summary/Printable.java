package io.unroll.dataprep.summary;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Text that others wrote, such as names and samples, made fit to be shown. A terminal obeys the
 * control characters that it is sent, so these are replaced by their numbers: the C0 and C1 sets,
 * DEL, Unicode's line and paragraph separators, and the characters that turn the direction of text.
 */
public final class Printable {
  /** Below this, a number is written with two digits. */
  private static final int TWO_DIGITS = 0x100;

  private Printable() {}

  /** A text on one line: line breaks and tabs are replaced too, so that no name forges a line. */
  public static String line(String text) {
    return escaped(text, Printable::isControl);
  }

  /** A text as it is laid out: line feeds and tabs stay. */
  public static String text(String text) {
    return escaped(text, point -> isControl(point) && point != '\n' && point != '\t');
  }

  /** JSON with the same content, in which such characters are escaped as JSON has it. */
  public static String json(String json) {
    return escaped(
        json, Printable::isControl, point -> String.format(Locale.ROOT, "\\u%04x", point));
  }

  private static String escaped(String text, IntPredicate replaced) {
    return escaped(text, replaced, Printable::number);
  }

  private static String escaped(
      String text, IntPredicate replaced, IntFunction<String> replacement) {
    if (text.codePoints().noneMatch(replaced)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (replaced.test(point)) {
                shown.append(replacement.apply(point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  private static boolean isControl(int point) {
    return Character.isISOControl(point)
        || point == 0x2028
        || point == 0x2029
        || isDirection(point);
  }

  /** Unicode's property Bidi_Control. */
  private static boolean isDirection(int point) {
    return point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }

  private static String number(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, point < TWO_DIGITS ? "\\x%02x" : "\\u%04x", point);
    };
  }
}
