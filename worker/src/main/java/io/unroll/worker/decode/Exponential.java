package io.unroll.worker.decode;

/**
 * e^x in double for x of at most 0, to within 4e-16 of itself: by steps of plain arithmetic, the
 * same bits on every machine, like {@link StrictMath#exp}, in a quarter of its time. A search needs
 * one for each token of each row.
 *
 * <p>e^x = 2^(n / 64) e^r with |r| <= ln 2 / 128: a table for the first factor, a polynomial for
 * the second (Tang 1989, <i>Table-driven implementation of the exponential function in IEEE
 * floating-point arithmetic</i>).
 */
final class Exponential {
  private static final int STEPS = 64;
  private static final int STEP_BITS = 6;

  /** Below it, e^x is taken for 0: it is under 1e-304. */
  private static final double LOWEST = -700;

  private static final double STEPS_PER_E = STEPS * 1.4426950408889634;

  // ln 2 in two parts, from fdlibm: n times the first is exact.
  private static final double STEP_HIGH = 0.6931471803691238 / STEPS;
  private static final double STEP_LOW = 1.9082149292705877e-10 / STEPS;

  /** Adding 1.5·2^52 rounds to the nearest integer n, which the low bits then hold. */
  private static final double ROUNDER = 0x1.8p52;

  private static final int MANTISSA_BITS = 52;
  private static final long ONE_BITS = 1023L << MANTISSA_BITS;

  /** 2^(j / 64). */
  private static final double[] POWERS = new double[STEPS];

  static {
    for (int j = 0; j < STEPS; j++) {
      POWERS[j] = StrictMath.pow(2, (double) j / STEPS);
    }
  }

  private Exponential() {}

  static double of(double x) {
    if (x < LOWEST) {
      return 0;
    }
    double rounded = x * STEPS_PER_E + ROUNDER;
    double n = rounded - ROUNDER;
    double r = (x - n * STEP_HIGH) - n * STEP_LOW;
    double r2 = r * r;
    double p = 1 + (r + r2 * (1.0 / 2 + r * (1.0 / 6) + r2 * (1.0 / 24 + r * (1.0 / 120))));
    long bits = Double.doubleToRawLongBits(rounded);
    double scale = Double.longBitsToDouble((bits >> STEP_BITS << MANTISSA_BITS) + ONE_BITS);
    return POWERS[(int) bits & (STEPS - 1)] * p * scale;
  }
}
