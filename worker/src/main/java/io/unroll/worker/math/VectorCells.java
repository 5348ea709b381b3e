package io.unroll.worker.math;

import static io.unroll.worker.math.VectorFunctions.sigmoid;
import static io.unroll.worker.math.VectorFunctions.tanh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Cells} by vectors: the formulas of {@link PlainCells} in the same order. Passes with
 * several activations go through {@link VectorStages}.
 */
interface VectorCells extends PlainCells {
  VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  int LANES = SPECIES.length();

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }

  /** x (1 - x) of a sigmoid x, its derivative. */
  private static FloatVector slope(FloatVector x) {
    return x.neg().fma(x, x);
  }

  /** 1 - x² of a hyperbolic tangent x, its derivative. */
  private static FloatVector tanhSlope(FloatVector x) {
    return x.neg().fma(x, FloatVector.broadcast(SPECIES, 1f));
  }

  private static void sigmoidInPlace(float[] values, int from, int to) {
    for (int x = from; x < to; x += LANES) {
      sigmoid(load(values, x)).intoArray(values, x);
    }
  }

  @Override
  default void rnnForwardRow(int from, int to, int b, Matrix a, Matrix h) {
    float[] sums = a.values();
    float[] states = h.values();
    int sum = a.at(b);
    int state = h.at(b);
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      tanh(load(sums, sum + j)).intoArray(states, state + j);
    }
    PlainCells.super.rnnForwardRow(end, to, b, a, h);
  }

  @Override
  default void rnnBackwardRow(int from, int to, int b, Matrix dh, Matrix h, Matrix da) {
    float[] dhValues = dh.values();
    float[] states = h.values();
    float[] daValues = da.values();
    int up = dh.at(b);
    int state = h.at(b);
    int down = da.at(b);
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      load(dhValues, up + j).mul(tanhSlope(load(states, state + j))).intoArray(daValues, down + j);
    }
    PlainCells.super.rnnBackwardRow(end, to, b, dh, h, da);
  }

  @Override
  default void lstmForwardRow(
      int from, int to, int b, Matrix gates, Matrix previousC, Matrix c, Matrix tanhC, Matrix h) {
    int end = from + SPECIES.loopBound(to - from);
    for (VectorStages.Lstm stage : VectorStages.LSTM) {
      stage.run(from, end, b, gates, previousC, c, tanhC, h);
    }
    PlainCells.super.lstmForwardRow(end, to, b, gates, previousC, c, tanhC, h);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector i = load(gateValues, row + j);
      FloatVector f = load(gateValues, row + hidden + j);
      FloatVector g = load(gateValues, row + 2 * hidden + j);
      FloatVector o = load(gateValues, row + 3 * hidden + j);
      FloatVector t = load(tanhValues, tanhCell + j);
      FloatVector up = load(dhValues, state + j);
      FloatVector dCell = up.mul(o).fma(tanhSlope(t), load(dcValues, cell + j));
      dCell.mul(g).mul(slope(i)).intoArray(gateValues, row + j);
      dCell
          .mul(load(cellsBefore, previous + j))
          .mul(slope(f))
          .intoArray(gateValues, row + hidden + j);
      dCell.mul(i).mul(tanhSlope(g)).intoArray(gateValues, row + 2 * hidden + j);
      up.mul(t).mul(slope(o)).intoArray(gateValues, row + 3 * hidden + j);
      dCell.mul(f).intoArray(dcValues, cell + j);
    }
    PlainCells.super.lstmBackwardRow(end, to, b, gates, previousC, tanhC, dh, dc);
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
    int end = from + SPECIES.loopBound(to - from);
    sigmoidInPlace(gateValues, row + hidden + from, row + hidden + end);
    for (int j = from; j < end; j += LANES) {
      FloatVector r = sigmoid(load(gateValues, row + j));
      r.intoArray(gateValues, row + j);
      r.mul(load(statesBefore, previous + j)).intoArray(resets, product + j);
    }
    PlainCells.super.gruResetRow(end, to, b, gates, previousH, reset);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector n = tanh(load(gateValues, row + 2 * hidden + j));
      n.intoArray(gateValues, row + 2 * hidden + j);
      FloatVector before = load(statesBefore, previous + j);
      load(gateValues, row + hidden + j).fma(n.sub(before), before).intoArray(states, state + j);
    }
    PlainCells.super.gruForwardRow(end, to, b, gates, previousH, h);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector z = load(gateValues, row + hidden + j);
      FloatVector n = load(gateValues, row + 2 * hidden + j);
      FloatVector up = load(dhValues, state + j);
      FloatVector difference = n.sub(load(statesBefore, previous + j));
      up.mul(difference).mul(slope(z)).intoArray(gateValues, row + hidden + j);
      up.mul(z).mul(tanhSlope(n)).intoArray(gateValues, row + 2 * hidden + j);
      load(dStatesBefore, down + j).add(z.neg().fma(up, up)).intoArray(dStatesBefore, down + j);
    }
    PlainCells.super.gruBackwardRow(end, to, b, gates, previousH, dh, dPreviousH);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector r = load(gateValues, row + j);
      FloatVector up = load(dResets, product + j);
      up.mul(load(statesBefore, previous + j)).mul(slope(r)).intoArray(gateValues, row + j);
      up.fma(r, load(dStatesBefore, down + j)).intoArray(dStatesBefore, down + j);
    }
    PlainCells.super.gruResetBackwardRow(end, to, b, gates, previousH, dReset, dPreviousH);
  }

  @Override
  default void gruResetAfterForwardRow(
      int from, int to, int b, Matrix gates, Matrix recurrent, Matrix previousH, Matrix h) {
    int end = from + SPECIES.loopBound(to - from);
    for (VectorStages.Gru stage : VectorStages.GRU_RESET_AFTER) {
      stage.run(from, end, b, gates, recurrent, previousH, h);
    }
    PlainCells.super.gruResetAfterForwardRow(end, to, b, gates, recurrent, previousH, h);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector r = load(gateValues, row + j);
      FloatVector z = load(gateValues, row + hidden + j);
      FloatVector n = load(gateValues, row + 2 * hidden + j);
      FloatVector up = load(dhValues, state + j);
      FloatVector dz = up.mul(load(statesBefore, previous + j).sub(n)).mul(slope(z));
      FloatVector dn = z.neg().fma(up, up).mul(tanhSlope(n));
      FloatVector dr = dn.mul(load(recurrentValues, product + 2 * hidden + j)).mul(slope(r));
      dr.intoArray(gateValues, row + j);
      dz.intoArray(gateValues, row + hidden + j);
      dn.intoArray(gateValues, row + 2 * hidden + j);
      dn.mul(r).intoArray(recurrentValues, product + 2 * hidden + j);
      up.fma(z, load(dStatesBefore, down + j)).intoArray(dStatesBefore, down + j);
    }
    System.arraycopy(gateValues, row + from, recurrentValues, product + from, end - from);
    System.arraycopy(
        gateValues, row + hidden + from, recurrentValues, product + hidden + from, end - from);
    PlainCells.super.gruResetAfterBackwardRow(
        end, to, b, gates, recurrent, previousH, dh, dPreviousH);
  }
}
