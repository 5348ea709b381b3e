package io.unroll.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: its range and its ticks, at 1, 2 or 5 times a power of ten; on a logarithmic
 * axis at powers of ten.
 */
record Axis(double low, double high, List<Double> ticks, boolean logarithmic) {

  /** Powers of ten with a tick each. */
  private static final int MOST_POWERS = 9;

  /** A linear axis over exactly this range, about {@code count} ticks inside. */
  static Axis exactly(double low, double high, int count) {
    double top = high > low ? high : low + 1;
    double step = step((top - low) / count);
    var ticks = new ArrayList<Double>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= top + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return new Axis(low, top, List.copyOf(ticks), false);
  }

  /** A linear axis around this range that begins and ends at ticks. */
  static Axis around(double low, double high, int count) {
    double top = high > low ? high : low + Math.max(1e-9, Math.abs(low) / 10);
    double step = step((top - low) / count);
    return exactly(
        step * Math.floor(low / step + 1e-9), step * Math.ceil(top / step - 1e-9), count);
  }

  /** A logarithmic axis around this range of positive values, from power of ten to power of ten. */
  static Axis logarithmic(double low, double high) {
    int first = (int) Math.floor(Math.log10(low));
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(high)));
    var ticks = new ArrayList<Double>();
    int stride = 1 + (last - first) / MOST_POWERS;
    for (int i = first; i <= last; i += stride) {
      ticks.add(Math.pow(10, i));
    }
    return new Axis(Math.pow(10, first), Math.pow(10, last), List.copyOf(ticks), true);
  }

  /** The smallest of 1, 2, 5 times a power of ten that is not below the size. */
  private static double step(double size) {
    double power = Math.pow(10, Math.floor(Math.log10(size)));
    double mantissa = size / power;
    return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  }

  /** Where a value lies: 0 at the low end, 1 at the high end; what is outside is put at the end. */
  double position(double value) {
    double position =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return Math.max(0, Math.min(1, position));
  }

  /** A tick's label, with as many digits as its neighbours need. */
  String label(double tick) {
    double largest = logarithmic ? tick : ticks.get(ticks.size() - 1);
    if (tick == 0) {
      return "0";
    } else if (largest >= 1e6) {
      return Numbers.significant(tick / 1e6, 3) + "M";
    } else if (largest >= 1e3) {
      return Numbers.significant(tick / 1e3, 3) + "k";
    }
    return logarithmic || largest < 1e-3 ? Numbers.significant(tick, 2) : decimals(tick);
  }

  private String decimals(double tick) {
    double spacing = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : tick;
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(spacing) - 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }
}
