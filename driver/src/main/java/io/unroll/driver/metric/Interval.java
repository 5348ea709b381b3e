package io.unroll.driver.metric;

import java.util.Arrays;

/**
 * What 95 of 100 numbers lie in.
 *
 * @param low at most it, the fortieth part of the numbers is smaller
 * @param high likewise larger
 */
public record Interval(double low, double high) {
  private static final int TAIL = 40;

  /**
   * That of the statistics of a bootstrap, by their percentiles.
   *
   * @param statistics not modified
   */
  public static Interval of(double[] statistics) {
    double[] sorted = statistics.clone();
    Arrays.sort(sorted);
    int low = sorted.length / TAIL;
    return new Interval(sorted[low], sorted[sorted.length - 1 - low]);
  }
}
