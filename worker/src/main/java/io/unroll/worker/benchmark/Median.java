package io.unroll.worker.benchmark;

import java.util.Arrays;

/** The middle of some measurements. */
final class Median {
  private Median() {}

  /**
   * The middle value; of an even number, the mean of the two in the middle.
   *
   * @param values at least one; not modified
   */
  static double of(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
