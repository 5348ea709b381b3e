package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;

/**
 * Vanilla RNN (Elman 1990): h = tanh(W_ih x + b_ih + W_hh h' + b_hh).
 *
 * <p>Letters: T steps, B sequences, H hidden units; h' of the previous step.
 */
final class RnnLayer implements RecurrentLayer {
  private final Kernels kernels;
  private final int hidden;
  private final GateInputs inputs;
  private final Linear recurrent;
  private final Signal output;

  /** (T, B, H): pre-activations, then the gradient by them. */
  private final float[] gates;

  RnnLayer(Blueprint blueprint, int layer, LayerInput input) {
    this.kernels = blueprint.kernels();
    this.hidden = blueprint.architecture().hidden();
    this.inputs =
        GateInputs.of(blueprint, layer, input, "rnn.bias_ih_l" + layer, "rnn.bias_hh_l" + layer);
    this.recurrent = blueprint.linear("rnn.weight_hh_l" + layer);
    this.output = blueprint.signal(hidden);
    this.gates = blueprint.buffer(hidden);
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
    inputs.forward(time, batch, gates);
    Matrix sums = Matrix.of(gates, hidden);
    Matrix states = Matrix.of(h, hidden);
    for (int t = 0; t < time; t++) {
      int before = t * slot;
      recurrent.addProduct(batch, h, before, gates, before, hidden);
      int row = t * batch;
      kernels.rnnForward(batch, 0, hidden, sums.from(row), states.from(row + batch));
    }
    System.arraycopy(h, time * slot, state, stateOffset, slot);
  }

  @Override
  public void backward(int time, int batch, float[] gradient) {
    int slot = batch * hidden;
    float[] h = output.values();
    float[] dh = output.gradient();
    Matrix dSums = Matrix.of(gates, hidden);
    Matrix states = Matrix.of(h, hidden);
    Matrix dStates = Matrix.of(dh, hidden);
    for (int t = time - 1; t >= 0; t--) {
      int before = t * slot;
      int row = t * batch;
      int next = row + batch;
      kernels.rnnBackward(batch, 0, hidden, dStates.from(next), states.from(next), dSums.from(row));
      if (t > 0) {
        recurrent.addInputGradient(batch, gates, before, hidden, dh, before);
      }
    }
    recurrent.addWeightGradient(time * batch, gates, 0, hidden, h, 0, gradient);
    inputs.backward(time, batch, gates, gradient);
  }
}
