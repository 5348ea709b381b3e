package io.unroll.driver.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Numbers() {}

  /** A value with so many decimals; from 100,000 on, three digits and an exponent. */
  static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String format = Math.abs(value) < 1e5 ? "%." + decimals + "f" : "%.2e";
    return String.format(Locale.ROOT, format, value);
  }

  /**
   * A value with at most so many significant digits and no trailing zeros: 0.002, 81900, 5e-5.
   * Digits before the decimal point are never cut.
   */
  static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    } else if (value == 0) {
      return "0";
    }
    var decimal = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 7) {
      return exponent >= digits ? Long.toString(Math.round(value)) : decimal.toPlainString();
    }
    return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /** A count: in full below ten million, else in millions or billions. */
  static String count(long count) {
    if (count < 10_000_000) {
      return String.format(Locale.ROOT, "%,d", count);
    }
    return count < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f M", count / 1e6)
        : String.format(Locale.ROOT, "%.2f G", count / 1e9);
  }

  /** A point in time, in UTC. */
  static String date(Instant time) {
    return DATE.format(time);
  }

  /** A time in its two leading units: 42s, 1m10s, 2h05m, 3d04h. */
  static String duration(Duration time) {
    long seconds = time.plusMillis(500).toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3600) {
      return pair(seconds, 60, "m", "s");
    } else if (seconds < 86_400) {
      return pair(seconds / 60, 60, "h", "m");
    }
    return pair(seconds / 3600, 24, "d", "h");
  }

  private static String pair(long small, int base, String largeUnit, String smallUnit) {
    return String.format(
        Locale.ROOT, "%d%s%02d%s", small / base, largeUnit, small % base, smallUnit);
  }
}
