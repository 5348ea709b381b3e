package io.unroll.worker.math;

import static io.unroll.worker.math.Functions.sigmoid;
import static io.unroll.worker.math.Functions.tanh;

/** {@link Cells} as plain loops, which also do what does not fill a vector. */
interface PlainCells extends Cells {
  @Override
  default void rnnForwardRow(int from, int to, int b, Matrix a, Matrix h) {
    float[] sums = a.values();
    float[] states = h.values();
    int sum = a.at(b);
    int state = h.at(b);
    for (int j = from; j < to; j++) {
      states[state + j] = tanh(sums[sum + j]);
    }
  }

  @Override
  default void rnnBackwardRow(int from, int to, int b, Matrix dh, Matrix h, Matrix da) {
    float[] dhValues = dh.values();
    float[] states = h.values();
    float[] daValues = da.values();
    int up = dh.at(b);
    int state = h.at(b);
    int down = da.at(b);
    for (int j = from; j < to; j++) {
      float x = states[state + j];
      daValues[down + j] = dhValues[up + j] * Math.fma(-x, x, 1f);
    }
  }

  @Override
  default void lstmForwardRow(
      int from, int to, int b, Matrix gates, Matrix previousC, Matrix c, Matrix tanhC, Matrix h) {
    int hidden = gates.rowStride() / 4;
    float[] gateValues = gates.values();
    float[] cellsBefore = previousC.values();
    float[] cells = c.values();
    float[] tanhValues = tanhC.values();
    float[] states = h.values();
    int row = gates.at(b);
    int previous = previousC.at(b);
    int cell = c.at(b);
    int tanhCell = tanhC.at(b);
    int state = h.at(b);
    for (int j = from; j < to; j++) {
      float i = sigmoid(gateValues[row + j]);
      float f = sigmoid(gateValues[row + hidden + j]);
      float g = tanh(gateValues[row + 2 * hidden + j]);
      float o = sigmoid(gateValues[row + 3 * hidden + j]);
      gateValues[row + j] = i;
      gateValues[row + hidden + j] = f;
      gateValues[row + 2 * hidden + j] = g;
      gateValues[row + 3 * hidden + j] = o;
      cells[cell + j] = Math.fma(f, cellsBefore[previous + j], i * g);
      tanhValues[tanhCell + j] = tanh(cells[cell + j]);
      states[state + j] = o * tanhValues[tanhCell + j];
    }
  }

  @Override
  default void lstmBackwardRow(
      int from, int to, int b, Matrix gates, Matrix previousC, Matrix tanhC, Matrix dh, Matrix dc) {
    int hidden = gates.rowStride() / 4;
    float[] gateValues = gates.values();
    float[] cellsBefore = previousC.values();
    float[] tanhValues = tanhC.values();
    float[] dhValues = dh.values();
    float[] dcValues = dc.values();
    int row = gates.at(b);
    int previous = previousC.at(b);
    int tanhCell = tanhC.at(b);
    int state = dh.at(b);
    int cell = dc.at(b);
    for (int j = from; j < to; j++) {
      float i = gateValues[row + j];
      float f = gateValues[row + hidden + j];
      float g = gateValues[row + 2 * hidden + j];
      float o = gateValues[row + 3 * hidden + j];
      float t = tanhValues[tanhCell + j];
      float up = dhValues[state + j];
      float dCell = Math.fma(up * o, Math.fma(-t, t, 1f), dcValues[cell + j]);
      gateValues[row + j] = dCell * g * Math.fma(-i, i, i);
      gateValues[row + hidden + j] = dCell * cellsBefore[previous + j] * Math.fma(-f, f, f);
      gateValues[row + 2 * hidden + j] = dCell * i * Math.fma(-g, g, 1f);
      gateValues[row + 3 * hidden + j] = up * t * Math.fma(-o, o, o);
      dcValues[cell + j] = dCell * f;
    }
  }

  @Override
  default void gruResetRow(int from, int to, int b, Matrix gates, Matrix previousH, Matrix reset) {
    int hidden = gates.rowStride() / 3;
    float[] gateValues = gates.values();
    float[] statesBefore = previousH.values();
    float[] resets = reset.values();
    int row = gates.at(b);
    int previous = previousH.at(b);
    int product = reset.at(b);
    for (int j = from; j < to; j++) {
      float r = sigmoid(gateValues[row + j]);
      gateValues[row + j] = r;
      gateValues[row + hidden + j] = sigmoid(gateValues[row + hidden + j]);
      resets[product + j] = r * statesBefore[previous + j];
    }
  }

  @Override
  default void gruForwardRow(int from, int to, int b, Matrix gates, Matrix previousH, Matrix h) {
    int hidden = gates.rowStride() / 3;
    float[] gateValues = gates.values();
    float[] statesBefore = previousH.values();
    float[] states = h.values();
    int row = gates.at(b);
    int previous = previousH.at(b);
    int state = h.at(b);
    for (int j = from; j < to; j++) {
      float z = gateValues[row + hidden + j];
      float n = tanh(gateValues[row + 2 * hidden + j]);
      gateValues[row + 2 * hidden + j] = n;
      states[state + j] = Math.fma(z, n - statesBefore[previous + j], statesBefore[previous + j]);
    }
  }

  @Override
  default void gruBackwardRow(
      int from, int to, int b, Matrix gates, Matrix previousH, Matrix dh, Matrix dPreviousH) {
    int hidden = gates.rowStride() / 3;
    float[] gateValues = gates.values();
    float[] statesBefore = previousH.values();
    float[] dhValues = dh.values();
    float[] dStatesBefore = dPreviousH.values();
    int row = gates.at(b);
    int previous = previousH.at(b);
    int state = dh.at(b);
    int down = dPreviousH.at(b);
    for (int j = from; j < to; j++) {
      float z = gateValues[row + hidden + j];
      float n = gateValues[row + 2 * hidden + j];
      float up = dhValues[state + j];
      gateValues[row + hidden + j] = up * (n - statesBefore[previous + j]) * Math.fma(-z, z, z);
      gateValues[row + 2 * hidden + j] = up * z * Math.fma(-n, n, 1f);
      dStatesBefore[down + j] += Math.fma(-z, up, up);
    }
  }

  @Override
  default void gruResetBackwardRow(
      int from, int to, int b, Matrix gates, Matrix previousH, Matrix dReset, Matrix dPreviousH) {
    float[] gateValues = gates.values();
    float[] statesBefore = previousH.values();
    float[] dResets = dReset.values();
    float[] dStatesBefore = dPreviousH.values();
    int row = gates.at(b);
    int previous = previousH.at(b);
    int product = dReset.at(b);
    int down = dPreviousH.at(b);
    for (int j = from; j < to; j++) {
      float r = gateValues[row + j];
      float up = dResets[product + j];
      gateValues[row + j] = up * statesBefore[previous + j] * Math.fma(-r, r, r);
      dStatesBefore[down + j] = Math.fma(up, r, dStatesBefore[down + j]);
    }
  }

  @Override
  default void gruResetAfterForwardRow(
      int from, int to, int b, Matrix gates, Matrix recurrent, Matrix previousH, Matrix h) {
    int hidden = gates.rowStride() / 3;
    float[] gateValues = gates.values();
    float[] recurrentValues = recurrent.values();
    float[] statesBefore = previousH.values();
    float[] states = h.values();
    int row = gates.at(b);
    int product = recurrent.at(b);
    int previous = previousH.at(b);
    int state = h.at(b);
    for (int j = from; j < to; j++) {
      float r = sigmoid(gateValues[row + j] + recurrentValues[product + j]);
      float z = sigmoid(gateValues[row + hidden + j] + recurrentValues[product + hidden + j]);
      float n =
          tanh(
              Math.fma(
                  r, recurrentValues[product + 2 * hidden + j], gateValues[row + 2 * hidden + j]));
      gateValues[row + j] = r;
      gateValues[row + hidden + j] = z;
      gateValues[row + 2 * hidden + j] = n;
      states[state + j] = Math.fma(z, statesBefore[previous + j] - n, n);
    }
  }

  @Override
  default void gruResetAfterBackwardRow(
      int from,
      int to,
      int b,
      Matrix gates,
      Matrix recurrent,
      Matrix previousH,
      Matrix dh,
      Matrix dPreviousH) {
    int hidden = gates.rowStride() / 3;
    float[] gateValues = gates.values();
    float[] recurrentValues = recurrent.values();
    float[] statesBefore = previousH.values();
    float[] dhValues = dh.values();
    float[] dStatesBefore = dPreviousH.values();
    int row = gates.at(b);
    int product = recurrent.at(b);
    int previous = previousH.at(b);
    int state = dh.at(b);
    int down = dPreviousH.at(b);
    for (int j = from; j < to; j++) {
      float r = gateValues[row + j];
      float z = gateValues[row + hidden + j];
      float n = gateValues[row + 2 * hidden + j];
      float up = dhValues[state + j];
      float dz = up * (statesBefore[previous + j] - n) * Math.fma(-z, z, z);
      float dn = Math.fma(-z, up, up) * Math.fma(-n, n, 1f);
      float dr = dn * recurrentValues[product + 2 * hidden + j] * Math.fma(-r, r, r);
      gateValues[row + j] = dr;
      gateValues[row + hidden + j] = dz;
      gateValues[row + 2 * hidden + j] = dn;
      recurrentValues[product + j] = dr;
      recurrentValues[product + hidden + j] = dz;
      recurrentValues[product + 2 * hidden + j] = dn * r;
      dStatesBefore[down + j] = Math.fma(up, z, dStatesBefore[down + j]);
    }
  }
}
