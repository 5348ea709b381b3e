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

  /** One stage of {@link CellRows#lstmForwardRow}, for full vectors. */
  @FunctionalInterface
  interface Lstm {
    void run(
        int from, int to, int b, Matrix gates, Matrix previousC, Matrix c, Matrix tanhC, Matrix h);
  }

  /** One stage of {@link CellRows#gruResetAfterForwardRow}, for full vectors. */
  @FunctionalInterface
  interface Gru {
    void run(int from, int to, int b, Matrix gates, Matrix recurrent, Matrix previousH, Matrix h);
  }

  static final Lstm[] LSTM = {
    (from, to, b, gates, previousC, c, tanhC, h) -> sigmoidOfGate(0, from, to, b, gates),
    (from, to, b, gates, previousC, c, tanhC, h) -> sigmoidOfGate(1, from, to, b, gates),
    (from, to, b, gates, previousC, c, tanhC, h) -> tanhOfGate(2, from, to, b, gates),
    (from, to, b, gates, previousC, c, tanhC, h) -> sigmoidOfGate(3, from, to, b, gates),
    VectorStages::lstmStates
  };

  static final Gru[] GRU_RESET_AFTER = {
    (from, to, b, gates, recurrent, previousH, h) -> sigmoidOfSum(0, from, to, b, gates, recurrent),
    (from, to, b, gates, recurrent, previousH, h) -> sigmoidOfSum(1, from, to, b, gates, recurrent),
    VectorStages::gruStates
  };

  private VectorStages() {}

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }

  /** Of one of the LSTM's four gates. */
  private static void tanhOfGate(int gate, int from, int to, int b, Matrix gates) {
    float[] values = gates.values();
    int row = gates.at(b) + gate * (gates.rowStride() / 4);
    for (int j = from; j < to; j += LANES) {
      tanh(load(values, row + j)).intoArray(values, row + j);
    }
  }

  /** Of one of the LSTM's four gates. */
  private static void sigmoidOfGate(int gate, int from, int to, int b, Matrix gates) {
    float[] values = gates.values();
    int row = gates.at(b) + gate * (gates.rowStride() / 4);
    for (int j = from; j < to; j += LANES) {
      sigmoid(load(values, row + j)).intoArray(values, row + j);
    }
  }

  private static void lstmStates(
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
    for (int j = from; j < to; j += LANES) {
      FloatVector candidate = load(gateValues, row + j).mul(load(gateValues, row + 2 * hidden + j));
      FloatVector next =
          load(gateValues, row + hidden + j).fma(load(cellsBefore, previous + j), candidate);
      next.intoArray(cells, cell + j);
      FloatVector squashed = tanh(next);
      squashed.intoArray(tanhValues, tanhCell + j);
      load(gateValues, row + 3 * hidden + j).mul(squashed).intoArray(states, state + j);
    }
  }

  /** Of one of the GRU's three gates. */
  private static void sigmoidOfSum(
      int gate, int from, int to, int b, Matrix gates, Matrix recurrent) {
    int hidden = gates.rowStride() / 3;
    float[] gateValues = gates.values();
    float[] recurrentValues = recurrent.values();
    int row = gates.at(b) + gate * hidden;
    int product = recurrent.at(b) + gate * hidden;
    for (int j = from; j < to; j += LANES) {
      FloatVector sum = load(gateValues, row + j).add(load(recurrentValues, product + j));
      sigmoid(sum).intoArray(gateValues, row + j);
    }
  }

  private static void gruStates(
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
    for (int j = from; j < to; j += LANES) {
      FloatVector before = load(gateValues, row + 2 * hidden + j);
      FloatVector n =
          tanh(
              load(gateValues, row + j)
                  .fma(load(recurrentValues, product + 2 * hidden + j), before));
      n.intoArray(gateValues, row + 2 * hidden + j);
      FloatVector difference = load(statesBefore, previous + j).sub(n);
      load(gateValues, row + hidden + j).fma(difference, n).intoArray(states, state + j);
    }
  }
}
