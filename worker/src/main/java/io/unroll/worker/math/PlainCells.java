package io.unroll.worker.math;

import static io.unroll.worker.math.Functions.sigmoid;
import static io.unroll.worker.math.Functions.tanh;

/** {@link Cells} as plain loops, which also do what does not fill a vector. */
interface PlainCells extends Cells {
  @Override
  default void rnnForward(int count, float[] a, int aOffset, float[] h, int hOffset) {
    for (int x = 0; x < count; x++) {
      h[hOffset + x] = tanh(a[aOffset + x]);
    }
  }

  @Override
  default void rnnBackward(
      int count, float[] dh, int dhOffset, float[] h, int hOffset, float[] da, int daOffset) {
    for (int x = 0; x < count; x++) {
      float state = h[hOffset + x];
      da[daOffset + x] = dh[dhOffset + x] * Math.fma(-state, state, 1f);
    }
  }

  @Override
  default void lstmForwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousC,
      int previous,
      float[] c,
      int cell,
      float[] tanhC,
      int tanhCell,
      float[] h,
      int state) {
    for (int j = from; j < to; j++) {
      float i = sigmoid(gates[row + j]);
      float f = sigmoid(gates[row + hidden + j]);
      float g = tanh(gates[row + 2 * hidden + j]);
      float o = sigmoid(gates[row + 3 * hidden + j]);
      gates[row + j] = i;
      gates[row + hidden + j] = f;
      gates[row + 2 * hidden + j] = g;
      gates[row + 3 * hidden + j] = o;
      c[cell + j] = Math.fma(f, previousC[previous + j], i * g);
      tanhC[tanhCell + j] = tanh(c[cell + j]);
      h[state + j] = o * tanhC[tanhCell + j];
    }
  }

  @Override
  default void lstmBackwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousC,
      int previous,
      float[] tanhC,
      int tanhCell,
      float[] dh,
      int state,
      float[] dc,
      int cell) {
    for (int j = from; j < to; j++) {
      float i = gates[row + j];
      float f = gates[row + hidden + j];
      float g = gates[row + 2 * hidden + j];
      float o = gates[row + 3 * hidden + j];
      float t = tanhC[tanhCell + j];
      float up = dh[state + j];
      float dCell = Math.fma(up * o, Math.fma(-t, t, 1f), dc[cell + j]);
      gates[row + j] = dCell * g * Math.fma(-i, i, i);
      gates[row + hidden + j] = dCell * previousC[previous + j] * Math.fma(-f, f, f);
      gates[row + 2 * hidden + j] = dCell * i * Math.fma(-g, g, 1f);
      gates[row + 3 * hidden + j] = up * t * Math.fma(-o, o, o);
      dc[cell + j] = dCell * f;
    }
  }

  @Override
  default void gruResetRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] reset,
      int product) {
    for (int j = from; j < to; j++) {
      float r = sigmoid(gates[row + j]);
      gates[row + j] = r;
      gates[row + hidden + j] = sigmoid(gates[row + hidden + j]);
      reset[product + j] = r * previousH[previous + j];
    }
  }

  @Override
  default void gruForwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] h,
      int state) {
    for (int j = from; j < to; j++) {
      float z = gates[row + hidden + j];
      float n = tanh(gates[row + 2 * hidden + j]);
      gates[row + 2 * hidden + j] = n;
      h[state + j] = Math.fma(z, n - previousH[previous + j], previousH[previous + j]);
    }
  }

  @Override
  default void gruBackwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] dh,
      int state,
      float[] dPreviousH,
      int down) {
    for (int j = from; j < to; j++) {
      float z = gates[row + hidden + j];
      float n = gates[row + 2 * hidden + j];
      float up = dh[state + j];
      gates[row + hidden + j] = up * (n - previousH[previous + j]) * Math.fma(-z, z, z);
      gates[row + 2 * hidden + j] = up * z * Math.fma(-n, n, 1f);
      dPreviousH[down + j] += Math.fma(-z, up, up);
    }
  }

  @Override
  default void gruResetBackwardRow(
      int from,
      int to,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] dReset,
      int product,
      float[] dPreviousH,
      int down) {
    for (int j = from; j < to; j++) {
      float r = gates[row + j];
      float up = dReset[product + j];
      gates[row + j] = up * previousH[previous + j] * Math.fma(-r, r, r);
      dPreviousH[down + j] = Math.fma(up, r, dPreviousH[down + j]);
    }
  }

  @Override
  default void gruResetAfterForwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] recurrent,
      int product,
      float[] previousH,
      int previous,
      float[] h,
      int state) {
    for (int j = from; j < to; j++) {
      float r = sigmoid(gates[row + j] + recurrent[product + j]);
      float z = sigmoid(gates[row + hidden + j] + recurrent[product + hidden + j]);
      float n = tanh(Math.fma(r, recurrent[product + 2 * hidden + j], gates[row + 2 * hidden + j]));
      gates[row + j] = r;
      gates[row + hidden + j] = z;
      gates[row + 2 * hidden + j] = n;
      h[state + j] = Math.fma(z, previousH[previous + j] - n, n);
    }
  }

  @Override
  default void gruResetAfterBackwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] recurrent,
      int product,
      float[] previousH,
      int previous,
      float[] dh,
      int state,
      float[] dPreviousH,
      int down) {
    for (int j = from; j < to; j++) {
      float r = gates[row + j];
      float z = gates[row + hidden + j];
      float n = gates[row + 2 * hidden + j];
      float up = dh[state + j];
      float dz = up * (previousH[previous + j] - n) * Math.fma(-z, z, z);
      float dn = Math.fma(-z, up, up) * Math.fma(-n, n, 1f);
      float dr = dn * recurrent[product + 2 * hidden + j] * Math.fma(-r, r, r);
      gates[row + j] = dr;
      gates[row + hidden + j] = dz;
      gates[row + 2 * hidden + j] = dn;
      recurrent[product + j] = dr;
      recurrent[product + hidden + j] = dz;
      recurrent[product + 2 * hidden + j] = dn * r;
      dPreviousH[down + j] = Math.fma(up, z, dPreviousH[down + j]);
    }
  }
}
