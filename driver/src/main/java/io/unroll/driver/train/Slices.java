package io.unroll.driver.train;

/**
 * Cuts the vector that lanes average - the parameters, and the optimiser state behind them if that
 * is averaged too - into slices that are summed in parallel. The number of slices has no influence
 * on the result.
 */
final class Slices {
  /** Floats per slice: 2 MiB each to fetch, and the sums of one slice are 4 MiB. */
  private static final int SIZE = 1 << 19;

  private final int parameters;
  private final long total;

  Slices(int parameters, int optimizerState) {
    this.parameters = parameters;
    this.total = (long) parameters + optimizerState;
  }

  int count() {
    return (int) ((total + SIZE - 1) / SIZE);
  }

  /** Bytes of all slices of one lane. */
  long bytes() {
    return total * Float.BYTES;
  }

  private int length(int slice) {
    return (int) Math.min(SIZE, total - (long) slice * SIZE);
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
    long from = (long) slice * SIZE;
    int inFirst = (int) Math.max(0, Math.min(values.length, parameters - from));
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
