package io.unroll.driver.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How people write numbers, in YAML and on the command line: with an exponent, with underscores
 * between digits, with a fraction of zero for a whole number ({@code 1e3}, {@code 1_000}, {@code
 * 32.0}). Only what means one number to everybody is taken: the digits of ASCII, no hexadecimal and
 * no suffix, neither infinite nor NaN, and no zero before another digit.
 */
public final class NumberText {
  /** Only one way to match any digit, so that a long text is refused in linear time. */
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(_[0-9]+)*(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private static final Pattern LEADING_ZEROS = Pattern.compile("([-+]?)0+([0-9].*)");
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,9}");

  /** Digits of the largest long: more need not be written out to be refused. */
  private static final int LARGEST = 19;

  private NumberText() {}

  /** A text that is read as one number by some and as another by others. */
  public static final class AmbiguousException extends IllegalArgumentException {
    private AmbiguousException(String remedy) {
      super(remedy);
    }
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is none, or does not fit
   */
  public static int integer(String text) {
    return Math.toIntExact(longInteger(text));
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is none, or does not fit
   */
  public static long longInteger(String text) {
    BigDecimal number = new BigDecimal(plain(text));
    if ((long) number.precision() - number.scale() > LARGEST) {
      throw new IllegalArgumentException();
    }
    return number.longValueExact();
  }

  /**
   * A finite number.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static double decimal(String text) {
    double number = Double.parseDouble(plain(text));
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException();
    }
    return number;
  }

  /** Without underscores. */
  private static String plain(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    String plain = text.replace("_", "");
    var leading = LEADING_ZEROS.matcher(plain);
    if (leading.matches()) {
      throw new AmbiguousException(remedy(leading.group(1), leading.group(2)));
    }
    return plain;
  }

  private static String remedy(String sign, String digits) {
    if (!OCTAL.matcher(digits).matches()) {
      return "without a leading zero: " + sign + digits;
    }
    return String.format(
        Locale.ROOT,
        "without a leading zero: %1$s%3$s, or %1$s%2$d, which YAML 1.1 takes it for",
        sign,
        Integer.parseInt(digits, 8),
        digits);
  }
}
