package io.unroll.worker.math;

/** {@link Sums} as plain loops. */
interface PlainSums extends Sums {
  @Override
  default float dot(int count, float[] x, int xFrom, float[] y, int yFrom) {
    float[] partial = new float[Rows.PARTIAL_SUMS];
    addProducts(0, count, x, xFrom, y, yFrom, partial);
    return PlainRows.total(partial);
  }

  /** Adds the products from … to-1 to their partial sums. */
  static void addProducts(
      int from, int to, float[] x, int xFrom, float[] y, int yFrom, float[] partial) {
    for (int j = from; j < to; j++) {
      int sum = j % Rows.PARTIAL_SUMS;
      partial[sum] = Math.fma(x[xFrom + j], y[yFrom + j], partial[sum]);
    }
  }

  @Override
  default void addMultiple(int count, float factor, float[] x, int xFrom, float[] y, int yFrom) {
    for (int j = 0; j < count; j++) {
      y[yFrom + j] = Math.fma(factor, x[xFrom + j], y[yFrom + j]);
    }
  }

  @Override
  default void energyBackward(
      int size, float change, Matrix u, Matrix v, Matrix dv, Matrix dq, Matrix dk) {
    for (int a = 0; a < size; a++) {
      float tanh = u.values()[u.offset() + a];
      float d = change * v.values()[v.offset() + a] * (1 - tanh * tanh);
      dv.values()[dv.offset() + a] += change * tanh;
      dq.values()[dq.offset() + a] += d;
      dk.values()[dk.offset() + a] += d;
    }
  }
}
