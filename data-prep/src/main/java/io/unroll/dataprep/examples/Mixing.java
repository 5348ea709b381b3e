package io.unroll.dataprep.examples;

/**
 * Numbers that look random and follow from what they are made of, on every machine: the output
 * function of SplitMix64 (Steele, Lea and Flood 2014, figure 17).
 */
public final class Mixing {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** 2^-53: the distance between neighbouring doubles below 1. */
  private static final double UNIT = 0x1p-53;

  private Mixing() {}

  /** A number for each pair of a seed and an index. */
  public static long of(long seed, long index) {
    return mixed(mixed(seed + GOLDEN_GAMMA) + (index + 1) * GOLDEN_GAMMA);
  }

  /** A number for each pair of a seed and a text. */
  public static long of(long seed, String text) {
    long mixed = of(seed, text.length());
    for (int x = 0; x < text.length(); x++) {
      mixed = of(mixed, text.charAt(x));
    }
    return mixed;
  }

  /** From 0 (inclusive) to 1 (exclusive), of all bits. */
  static double unit(long bits) {
    return (bits >>> 11) * UNIT;
  }

  private static long mixed(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
