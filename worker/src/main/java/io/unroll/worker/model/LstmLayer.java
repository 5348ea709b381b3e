package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import java.util.Arrays;

/**
 * LSTM with forget gate (Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000),
 * without peepholes:
 *
 * <pre>
 * i, f, o = sigmoid(W_ih x + b_ih + W_hh h' + b_hh),  g = tanh(...)
 * c = f c' + i g,  h = o tanh(c)
 * </pre>
 *
 * <p>Letters: T steps, B sequences, H hidden units; h', c' of the previous step. Gate order i, f,
 * g, o.
 */
final class LstmLayer implements RecurrentLayer {
  private final Kernels kernels;
  private final int hidden;
  private final int gateRows;
  private final GateInputs inputs;
  private final Linear recurrent;
  private final Signal output;

  /** (T, B, 4H): pre-activations, then activations, then the gradient by the pre-activations. */
  private final float[] gates;

  /** (T + 1, B, H), from the state before the window on. */
  private final float[] cells;

  /** (T, B, H). */
  private final float[] tanhCells;

  /** (B, H): gradient by the cell state that flows back through time. */
  private final float[] cellGradient;

  LstmLayer(Blueprint blueprint, int layer, LayerInput input) {
    this.kernels = blueprint.kernels();
    this.hidden = blueprint.architecture().hidden();
    this.gateRows = 4 * hidden;
    this.inputs =
        GateInputs.of(blueprint, layer, input, "rnn.bias_ih_l" + layer, "rnn.bias_hh_l" + layer);
    this.recurrent = blueprint.linear("rnn.weight_hh_l" + layer);
    this.output = blueprint.signal(hidden);
    this.gates = blueprint.buffer(gateRows);
    this.cells =
        new float[Blueprint.elements(blueprint.maxTime() + 1, blueprint.maxBatch(), hidden)];
    this.tanhCells = blueprint.buffer(hidden);
    this.cellGradient = new float[blueprint.maxBatch() * hidden];
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {
    inputs.use(parameters);
    recurrent.use(parameters);
  }

  @Override
  public void forward(int time, int batch, float[] state, int stateOffset) {
    int slot = batch * hidden;
    float[] h = output.values();
    System.arraycopy(state, stateOffset, h, 0, slot);
    System.arraycopy(state, stateOffset + slot, cells, 0, slot);
    inputs.forward(time, batch, gates);
    Matrix allGates = Matrix.of(gates, gateRows);
    Matrix allCells = Matrix.of(cells, hidden);
    Matrix allTanh = Matrix.of(tanhCells, hidden);
    Matrix states = Matrix.of(h, hidden);
    for (int t = 0; t < time; t++) {
      int before = t * slot;
      int gate = t * batch * gateRows;
      recurrent.addProduct(batch, h, before, gates, gate, gateRows);
      int row = t * batch;
      kernels.lstmForward(
          batch,
          0,
          hidden,
          allGates.from(row),
          allCells.from(row),
          allCells.from(row + batch),
          allTanh.from(row),
          states.from(row + batch));
    }
    System.arraycopy(h, time * slot, state, stateOffset, slot);
    System.arraycopy(cells, time * slot, state, stateOffset + slot, slot);
  }

  @Override
  public void backward(int time, int batch, float[] gradient) {
    int slot = batch * hidden;
    float[] dh = output.gradient();
    Matrix allGates = Matrix.of(gates, gateRows);
    Matrix allCells = Matrix.of(cells, hidden);
    Matrix allTanh = Matrix.of(tanhCells, hidden);
    Matrix dStates = Matrix.of(dh, hidden);
    Matrix dCells = Matrix.of(cellGradient, hidden);
    Arrays.fill(cellGradient, 0, slot, 0f);
    for (int t = time - 1; t >= 0; t--) {
      int before = t * slot;
      int gate = t * batch * gateRows;
      int row = t * batch;
      kernels.lstmBackward(
          batch,
          0,
          hidden,
          allGates.from(row),
          allCells.from(row),
          allTanh.from(row),
          dStates.from(row + batch),
          dCells);
      if (t > 0) {
        recurrent.addInputGradient(batch, gates, gate, gateRows, dh, before);
      }
    }
    recurrent.addWeightGradient(time * batch, gates, 0, gateRows, output.values(), 0, gradient);
    inputs.backward(time, batch, gates, gradient);
  }
}
