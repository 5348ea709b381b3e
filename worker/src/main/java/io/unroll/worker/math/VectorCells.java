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
  default void rnnForward(int count, float[] a, int aOffset, float[] h, int hOffset) {
    int end = SPECIES.loopBound(count);
    for (int x = 0; x < end; x += LANES) {
      tanh(load(a, aOffset + x)).intoArray(h, hOffset + x);
    }
    PlainCells.super.rnnForward(count - end, a, aOffset + end, h, hOffset + end);
  }

  @Override
  default void rnnBackward(
      int count, float[] dh, int dhOffset, float[] h, int hOffset, float[] da, int daOffset) {
    int end = SPECIES.loopBound(count);
    for (int x = 0; x < end; x += LANES) {
      load(dh, dhOffset + x).mul(tanhSlope(load(h, hOffset + x))).intoArray(da, daOffset + x);
    }
    PlainCells.super.rnnBackward(
        count - end, dh, dhOffset + end, h, hOffset + end, da, daOffset + end);
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
    int end = from + SPECIES.loopBound(to - from);
    for (VectorStages.Lstm stage : VectorStages.LSTM) {
      stage.run(
          from, end, hidden, gates, row, previousC, previous, c, cell, tanhC, tanhCell, h, state);
    }
    PlainCells.super.lstmForwardRow(
        end, to, hidden, gates, row, previousC, previous, c, cell, tanhC, tanhCell, h, state);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector i = load(gates, row + j);
      FloatVector f = load(gates, row + hidden + j);
      FloatVector g = load(gates, row + 2 * hidden + j);
      FloatVector o = load(gates, row + 3 * hidden + j);
      FloatVector t = load(tanhC, tanhCell + j);
      FloatVector up = load(dh, state + j);
      FloatVector dCell = up.mul(o).fma(tanhSlope(t), load(dc, cell + j));
      dCell.mul(g).mul(slope(i)).intoArray(gates, row + j);
      dCell.mul(load(previousC, previous + j)).mul(slope(f)).intoArray(gates, row + hidden + j);
      dCell.mul(i).mul(tanhSlope(g)).intoArray(gates, row + 2 * hidden + j);
      up.mul(t).mul(slope(o)).intoArray(gates, row + 3 * hidden + j);
      dCell.mul(f).intoArray(dc, cell + j);
    }
    PlainCells.super.lstmBackwardRow(
        end, to, hidden, gates, row, previousC, previous, tanhC, tanhCell, dh, state, dc, cell);
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
    int end = from + SPECIES.loopBound(to - from);
    sigmoidInPlace(gates, row + hidden + from, row + hidden + end);
    for (int j = from; j < end; j += LANES) {
      FloatVector r = sigmoid(load(gates, row + j));
      r.intoArray(gates, row + j);
      r.mul(load(previousH, previous + j)).intoArray(reset, product + j);
    }
    PlainCells.super.gruResetRow(end, to, hidden, gates, row, previousH, previous, reset, product);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector n = tanh(load(gates, row + 2 * hidden + j));
      n.intoArray(gates, row + 2 * hidden + j);
      FloatVector before = load(previousH, previous + j);
      load(gates, row + hidden + j).fma(n.sub(before), before).intoArray(h, state + j);
    }
    PlainCells.super.gruForwardRow(end, to, hidden, gates, row, previousH, previous, h, state);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector z = load(gates, row + hidden + j);
      FloatVector n = load(gates, row + 2 * hidden + j);
      FloatVector up = load(dh, state + j);
      FloatVector difference = n.sub(load(previousH, previous + j));
      up.mul(difference).mul(slope(z)).intoArray(gates, row + hidden + j);
      up.mul(z).mul(tanhSlope(n)).intoArray(gates, row + 2 * hidden + j);
      load(dPreviousH, down + j).add(z.neg().fma(up, up)).intoArray(dPreviousH, down + j);
    }
    PlainCells.super.gruBackwardRow(
        end, to, hidden, gates, row, previousH, previous, dh, state, dPreviousH, down);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector r = load(gates, row + j);
      FloatVector up = load(dReset, product + j);
      up.mul(load(previousH, previous + j)).mul(slope(r)).intoArray(gates, row + j);
      up.fma(r, load(dPreviousH, down + j)).intoArray(dPreviousH, down + j);
    }
    PlainCells.super.gruResetBackwardRow(
        end, to, gates, row, previousH, previous, dReset, product, dPreviousH, down);
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
    int end = from + SPECIES.loopBound(to - from);
    for (VectorStages.Gru stage : VectorStages.GRU_RESET_AFTER) {
      stage.run(from, end, hidden, gates, row, recurrent, product, previousH, previous, h, state);
    }
    PlainCells.super.gruResetAfterForwardRow(
        end, to, hidden, gates, row, recurrent, product, previousH, previous, h, state);
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
    int end = from + SPECIES.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector r = load(gates, row + j);
      FloatVector z = load(gates, row + hidden + j);
      FloatVector n = load(gates, row + 2 * hidden + j);
      FloatVector up = load(dh, state + j);
      FloatVector dz = up.mul(load(previousH, previous + j).sub(n)).mul(slope(z));
      FloatVector dn = z.neg().fma(up, up).mul(tanhSlope(n));
      FloatVector dr = dn.mul(load(recurrent, product + 2 * hidden + j)).mul(slope(r));
      dr.intoArray(gates, row + j);
      dz.intoArray(gates, row + hidden + j);
      dn.intoArray(gates, row + 2 * hidden + j);
      dn.mul(r).intoArray(recurrent, product + 2 * hidden + j);
      up.fma(z, load(dPreviousH, down + j)).intoArray(dPreviousH, down + j);
    }
    System.arraycopy(gates, row + from, recurrent, product + from, end - from);
    System.arraycopy(gates, row + hidden + from, recurrent, product + hidden + from, end - from);
    PlainCells.super.gruResetAfterBackwardRow(
        end,
        to,
        hidden,
        gates,
        row,
        recurrent,
        product,
        previousH,
        previous,
        dh,
        state,
        dPreviousH,
        down);
  }
}
