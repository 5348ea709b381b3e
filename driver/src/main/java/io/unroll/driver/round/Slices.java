package io.unroll.driver.round;

import java.io.Serializable;

/**
 * Cuts the vector that lanes average - the parameters, and the optimiser state behind them if that
 * is averaged too - into slices that are summed in parallel. The number of slices has no influence
 * on the result.
 */
final class Slices implements Serializable {
  /** Floats that one slice has at most: 2 MiB each to fetch, and the sums of one are 4 MiB. */
  private static final int LARGEST = 1 << 19;

  /** Floats that one slice has in all lanes together, so that reducers stay small: 64 MiB. */
  private static final int LARGEST_IN_ALL_LANES = 1 << 24;

  private final int parameters;
  private final int optimizerState;
  private final int size;

  /**
   * @param parameters number of them
   * @param optimizerState number of floats that are averaged behind them
   * @param lanes that send each slice
   */
  Slices(int parameters, int optimizerState, int lanes) {
    this.parameters = parameters;
    this.optimizerState = optimizerState;
    this.size = Math.max(1, Math.min(LARGEST, LARGEST_IN_ALL_LANES / lanes));
  }

  private long total() {
    return (long) parameters + optimizerState;
  }

  int count() {
    return (int) ((total() + size - 1) / size);
  }

  /** Bytes of all slices of one lane. */
  long bytes() {
    return total() * Float.BYTES;
  }

  private int length(int slice) {
    return (int) Math.min(size, total() - (long) slice * size);
  }

  /** Parameters of a slice; they come before its optimiser state. */
  int parametersOf(int slice) {
    return (int) Math.max(0, Math.min(length(slice), parameters - (long) slice * size));
  }

  /** Copies one slice out of both arrays. */
  float[] cut(int slice, float[] parameters, float[] optimizerState) {
    float[] values = new float[length(slice)];
    copy(slice, values, parameters, optimizerState, true);
    return values;
  }

  /** Copies one slice back into both arrays. */
  void paste(int slice, float[] values, float[] parameters, float[] optimizerState) {
    copy(slice, values, parameters, optimizerState, false);
  }

  private void copy(int slice, float[] values, float[] first, float[] second, boolean out) {
    long from = (long) slice * size;
    int inFirst = parametersOf(slice);
    int inSecond = values.length - inFirst;
    int secondFrom = (int) Math.max(0, from - parameters);
    if (out) {
      System.arraycopy(first, (int) Math.min(from, parameters), values, 0, inFirst);
      System.arraycopy(second, secondFrom, values, inFirst, inSecond);
    } else {
      System.arraycopy(values, 0, first, (int) Math.min(from, parameters), inFirst);
      System.arraycopy(values, inFirst, second, secondFrom, inSecond);
    }
  }
}
