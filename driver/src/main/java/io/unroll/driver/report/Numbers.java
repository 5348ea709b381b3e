package io.unroll.driver.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {
  private Numbers() {}

  /** A value with so many decimals; from 100,000 on, three digits and an exponent. */
  static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String format = Math.abs(value) < 1e5 ? "%." + decimals + "f" : "%.2e";
    return String.format(Locale.ROOT, format, value);
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
