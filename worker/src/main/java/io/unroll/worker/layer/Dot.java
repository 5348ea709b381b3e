package io.unroll.worker.layer;

/** Products of two vectors, with one order of the sums everywhere. */
final class Dot {
  /** Chains that a sum is divided into, which the processor works on side by side. */
  private static final int CHAINS = 4;

  private Dot() {}

  /** Σ_j x_j y_j: element j is in chain j mod 4, and the chains are added in pairs. */
  static float of(int count, float[] x, int xFrom, float[] y, int yFrom) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int whole = count - count % CHAINS;
    for (int j = 0; j < whole; j += CHAINS) {
      first = Math.fma(x[xFrom + j], y[yFrom + j], first);
      second = Math.fma(x[xFrom + j + 1], y[yFrom + j + 1], second);
      third = Math.fma(x[xFrom + j + 2], y[yFrom + j + 2], third);
      fourth = Math.fma(x[xFrom + j + 3], y[yFrom + j + 3], fourth);
    }
    for (int j = whole; j < count; j++) {
      first = Math.fma(x[xFrom + j], y[yFrom + j], first);
    }
    return (first + third) + (second + fourth);
  }

  /** y = y + factor x. */
  static void addMultiple(int count, float factor, float[] x, int xFrom, float[] y, int yFrom) {
    for (int j = 0; j < count; j++) {
      y[yFrom + j] = Math.fma(factor, x[xFrom + j], y[yFrom + j]);
    }
  }
}
