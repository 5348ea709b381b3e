package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import java.util.Arrays;

/**
 * GRU with the reset after the product, as cuDNN and PyTorch's {@code nn.GRU} have it, which needs
 * one recurrent product per step instead of two:
 *
 * <pre>
 * r, z = sigmoid(W_ih x + b_ih + W_hh h' + b_hh)
 * n = tanh(W_in x + b_in + r (W_hn h' + b_hn))
 * h = (1-z) n + z h'
 * </pre>
 *
 * <p>Letters: T steps, B sequences, H hidden units; h' of the previous step. Gate order r, z, n.
 */
final class GruResetAfterLayer implements RecurrentLayer {
  private final Kernels kernels;
  private final int hidden;
  private final int gateRows;
  private final GateInputs inputs;
  private final Linear recurrent;
  private final Bias recurrentBias;
  private final Signal output;

  /** (T, B, 3H): W_ih x + b_ih, then activations, then the gradient by W_ih x + b_ih. */
  private final float[] gates;

  /** (T, B, 3H): W_hh h' + b_hh, then the gradient by it. */
  private final float[] recurrentGates;

  GruResetAfterLayer(Blueprint blueprint, int layer, LayerInput input) {
    this.kernels = blueprint.kernels();
    this.hidden = blueprint.architecture().hidden();
    this.gateRows = 3 * hidden;
    this.inputs = GateInputs.of(blueprint, layer, input, "rnn.bias_ih_l" + layer);
    this.recurrent = blueprint.linear("rnn.weight_hh_l" + layer);
    this.recurrentBias = new Bias(blueprint, "rnn.bias_hh_l" + layer);
    this.output = blueprint.signal(hidden);
    this.gates = blueprint.buffer(gateRows);
    this.recurrentGates = blueprint.buffer(gateRows);
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {
    inputs.use(parameters);
    recurrent.use(parameters);
    recurrentBias.use(parameters);
  }

  @Override
  public void forward(int time, int batch, float[] state, int stateOffset) {
    int slot = batch * hidden;
    float[] h = output.values();
    System.arraycopy(state, stateOffset, h, 0, slot);
    inputs.forward(time, batch, gates);
    Matrix allGates = Matrix.of(gates, gateRows);
    Matrix allRecurrent = Matrix.of(recurrentGates, gateRows);
    Matrix states = Matrix.of(h, hidden);
    for (int t = 0; t < time; t++) {
      int before = t * slot;
      int gate = t * batch * gateRows;
      recurrent.product(batch, h, before, recurrentBias.values(), recurrentGates, gate, gateRows);
      int row = t * batch;
      kernels.gruResetAfterForward(
          batch,
          0,
          hidden,
          allGates.from(row),
          allRecurrent.from(row),
          states.from(row),
          states.from(row + batch));
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
    Matrix allRecurrent = Matrix.of(recurrentGates, gateRows);
    Matrix states = Matrix.of(h, hidden);
    Matrix dStates = Matrix.of(dh, hidden);
    for (int t = time - 1; t >= 0; t--) {
      int before = t * slot;
      int gate = t * batch * gateRows;
      int row = t * batch;
      kernels.gruResetAfterBackward(
          batch,
          0,
          hidden,
          allGates.from(row),
          allRecurrent.from(row),
          states.from(row),
          dStates.from(row + batch),
          dStates.from(row));
      if (t > 0) {
        recurrent.addInputGradient(batch, recurrentGates, gate, gateRows, dh, before);
      }
    }
    int rows = time * batch;
    recurrent.addWeightGradient(rows, recurrentGates, 0, gateRows, h, 0, gradient);
    recurrentBias.addGradient(rows, recurrentGates, gradient);
    inputs.backward(time, batch, gates, gradient);
  }
}
