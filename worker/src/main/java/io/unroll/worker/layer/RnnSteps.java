package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Range;
import java.util.List;

/**
 * Vanilla RNN (Elman 1990): h = tanh(W_ih x + b_ih + W_hh h' + b_hh).
 *
 * <p>Letters: B sequences, H hidden units; h' of the previous step.
 */
final class RnnSteps implements CellSteps {
  private final int hidden;
  private final Weight recurrent;
  private final Signal output;

  /** (T, B, H): pre-activations, then the gradient by them. */
  private final float[] gates;

  RnnSteps(Blueprint blueprint, int layer, Signal output, float[] gates) {
    this.hidden = output.size();
    this.recurrent = blueprint.weight("rnn.weight_hh_l" + layer);
    this.output = output;
    this.gates = gates;
  }

  @Override
  public List<float[]> states() {
    return List.of(output.values());
  }

  @Override
  public void forward(Kernels kernels, Axis axis, int step, Range rows) {
    Matrix h = output.states();
    Matrix a = Matrix.of(gates, hidden);
    int count = rows.size();
    int row = step * axis.batch() + rows.from();
    int next = row + axis.batch();
    recurrent.addProduct(kernels, count, h.from(row), a.from(row));
    kernels.rnnForward(count, 0, hidden, a.from(row), h.from(next));
  }

  @Override
  public void backward(Kernels kernels, Axis axis, int step, Range rows, boolean flowsOn) {
    Matrix h = output.states();
    Matrix dh = output.stateGradients();
    Matrix a = Matrix.of(gates, hidden);
    int count = rows.size();
    int row = step * axis.batch() + rows.from();
    int next = row + axis.batch();
    kernels.rnnBackward(count, 0, hidden, dh.from(next), h.from(next), a.from(row));
    if (flowsOn) {
      recurrent.addInputGradient(kernels, count, a.from(row), dh.from(row));
    }
  }

  @Override
  public void accumulate(Axis axis, float[] gradient) {
    recurrent.accumulate(axis.rows(), Matrix.of(gates, hidden), output.states(), gradient);
  }
}
