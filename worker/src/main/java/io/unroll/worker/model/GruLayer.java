package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import java.util.Arrays;

/**
 * GRU with the reset before the product (Cho et al. 2014):
 *
 * <pre>
 * r, z = sigmoid(W_ih x + b_ih + W_hh h' + b_hh)
 * n = tanh(W_in x + b_in + W_hn (r h') + b_hn)
 * h = (1-z) h' + z n
 * </pre>
 *
 * <p>Letters: T steps, B sequences, H hidden units; h' of the previous step. Gate order r, z, n.
 * The paper's z is 1-z here and in the later literature (Chung et al. 2014).
 */
final class GruLayer implements RecurrentLayer {
  private final Kernels kernels;
  private final int hidden;
  private final int gateRows;
  private final GateInputs inputs;

  /** Rows r and z of W_hh. */
  private final Linear recurrentRz;

  /** Rows n of W_hh. */
  private final Linear recurrentN;

  private final Signal output;

  /** (T, B, 3H): pre-activations, then activations, then the gradient by the pre-activations. */
  private final float[] gates;

  /** (T, B, H): r h'. */
  private final float[] resets;

  /** (B, H): gradient by r h' of one step. */
  private final float[] resetGradient;

  GruLayer(Blueprint blueprint, int layer, LayerInput input) {
    String weight = "rnn.weight_hh_l" + layer;
    this.kernels = blueprint.kernels();
    this.hidden = blueprint.architecture().hidden();
    this.gateRows = 3 * hidden;
    this.inputs =
        GateInputs.of(blueprint, layer, input, "rnn.bias_ih_l" + layer, "rnn.bias_hh_l" + layer);
    this.recurrentRz = blueprint.linear(weight, 0, 2 * hidden);
    this.recurrentN = blueprint.linear(weight, 2 * hidden, hidden);
    this.output = blueprint.signal(hidden);
    this.gates = blueprint.buffer(gateRows);
    this.resets = blueprint.buffer(hidden);
    this.resetGradient = new float[blueprint.maxBatch() * hidden];
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {
    inputs.use(parameters);
    recurrentRz.use(parameters);
    recurrentN.use(parameters);
  }

  @Override
  public void forward(int time, int batch, float[] state, int stateOffset) {
    int slot = batch * hidden;
    float[] h = output.values();
    System.arraycopy(state, stateOffset, h, 0, slot);
    inputs.forward(time, batch, gates);
    Matrix allGates = Matrix.of(gates, gateRows);
    Matrix allResets = Matrix.of(resets, hidden);
    Matrix states = Matrix.of(h, hidden);
    for (int t = 0; t < time; t++) {
      int before = t * slot;
      int gate = t * batch * gateRows;
      int row = t * batch;
      Matrix step = allGates.from(row);
      Matrix previous = states.from(row);
      recurrentRz.addProduct(batch, h, before, gates, gate, gateRows);
      kernels.gruReset(batch, 0, hidden, step, previous, allResets.from(row));
      recurrentN.addProduct(batch, resets, before, gates, gate + 2 * hidden, gateRows);
      kernels.gruForward(batch, 0, hidden, step, previous, states.from(row + batch));
    }
    System.arraycopy(h, time * slot, state, stateOffset, slot);
  }

  @Override
  public void backward(int time, int batch, float[] gradient) {
    int slot = batch * hidden;
    float[] h = output.values();
    float[] dh = output.gradient();
    Arrays.fill(dh, 0, slot, 0f);
    Matrix allGates = Matrix.of(gates, gateRows);
    Matrix states = Matrix.of(h, hidden);
    Matrix dStates = Matrix.of(dh, hidden);
    Matrix dReset = Matrix.of(resetGradient, hidden);
    for (int t = time - 1; t >= 0; t--) {
      int before = t * slot;
      int gate = t * batch * gateRows;
      int row = t * batch;
      Matrix step = allGates.from(row);
      Matrix previous = states.from(row);
      Matrix dPrevious = dStates.from(row);
      kernels.gruBackward(batch, 0, hidden, step, previous, dStates.from(row + batch), dPrevious);
      recurrentN.inputGradient(batch, gates, gate + 2 * hidden, gateRows, resetGradient, 0);
      kernels.gruResetBackward(batch, 0, hidden, step, previous, dReset, dPrevious);
      if (t > 0) {
        recurrentRz.addInputGradient(batch, gates, gate, gateRows, dh, before);
      }
    }
    int rows = time * batch;
    recurrentRz.addWeightGradient(rows, gates, 0, gateRows, h, 0, gradient);
    recurrentN.addWeightGradient(rows, gates, 2 * hidden, gateRows, resets, 0, gradient);
    inputs.backward(time, batch, gates, gradient);
  }
}
