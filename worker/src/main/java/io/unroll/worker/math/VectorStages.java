package io.unroll.worker.math;

import static io.unroll.worker.math.VectorFunctions.sigmoid;
import static io.unroll.worker.math.VectorFunctions.tanh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Forward passes of cells with several activations, one loop for each. In one loop, or in several
 * that the JIT compiler puts into one method, it gives up on keeping vectors in registers, and they
 * become objects: four times slower (measured). So the stages of a pass are objects of several
 * classes behind one call, which it cannot put into the caller.
 */
final class VectorStages {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** One stage of {@link Cells#lstmForwardRow}, for full vectors. */
  @FunctionalInterface
  interface Lstm {
    void run(
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
        int state);
  }

  /** One stage of {@link Cells#gruResetAfterForwardRow}, for full vectors. */
  @FunctionalInterface
  interface Gru {
    void run(
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
        int state);
  }

  static final Lstm[] LSTM = {
    (from, to, hidden, gates, row, previousC, previous, c, cell, tanhC, tanhCell, h, state) ->
        sigmoidInPlace(gates, row + from, row + to),
    (from, to, hidden, gates, row, previousC, previous, c, cell, tanhC, tanhCell, h, state) ->
        sigmoidInPlace(gates, row + hidden + from, row + hidden + to),
    (from, to, hidden, gates, row, previousC, previous, c, cell, tanhC, tanhCell, h, state) ->
        tanhInPlace(gates, row + 2 * hidden + from, row + 2 * hidden + to),
    (from, to, hidden, gates, row, previousC, previous, c, cell, tanhC, tanhCell, h, state) ->
        sigmoidInPlace(gates, row + 3 * hidden + from, row + 3 * hidden + to),
    VectorStages::lstmStates
  };

  static final Gru[] GRU_RESET_AFTER = {
    (from, to, hidden, gates, row, recurrent, product, previousH, previous, h, state) ->
        sigmoidOfSum(from, to, gates, row, recurrent, product),
    (from, to, hidden, gates, row, recurrent, product, previousH, previous, h, state) ->
        sigmoidOfSum(from, to, gates, row + hidden, recurrent, product + hidden),
    VectorStages::gruStates
  };

  private VectorStages() {}

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }

  private static void tanhInPlace(float[] values, int from, int to) {
    for (int x = from; x < to; x += LANES) {
      tanh(load(values, x)).intoArray(values, x);
    }
  }

  private static void sigmoidInPlace(float[] values, int from, int to) {
    for (int x = from; x < to; x += LANES) {
      sigmoid(load(values, x)).intoArray(values, x);
    }
  }

  private static void lstmStates(
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
    for (int j = from; j < to; j += LANES) {
      FloatVector candidate = load(gates, row + j).mul(load(gates, row + 2 * hidden + j));
      FloatVector next =
          load(gates, row + hidden + j).fma(load(previousC, previous + j), candidate);
      next.intoArray(c, cell + j);
      FloatVector squashed = tanh(next);
      squashed.intoArray(tanhC, tanhCell + j);
      load(gates, row + 3 * hidden + j).mul(squashed).intoArray(h, state + j);
    }
  }

  private static void sigmoidOfSum(
      int from, int to, float[] gates, int row, float[] recurrent, int product) {
    for (int j = from; j < to; j += LANES) {
      sigmoid(load(gates, row + j).add(load(recurrent, product + j))).intoArray(gates, row + j);
    }
  }

  private static void gruStates(
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
    for (int j = from; j < to; j += LANES) {
      FloatVector before = load(gates, row + 2 * hidden + j);
      FloatVector n =
          tanh(load(gates, row + j).fma(load(recurrent, product + 2 * hidden + j), before));
      n.intoArray(gates, row + 2 * hidden + j);
      FloatVector difference = load(previousH, previous + j).sub(n);
      load(gates, row + hidden + j).fma(difference, n).intoArray(h, state + j);
    }
  }
}
