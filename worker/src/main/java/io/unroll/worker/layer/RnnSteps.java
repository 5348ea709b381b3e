package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
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

  RnnSteps(Blueprint blueprint, RecurrentTensors tensors, Signal output, float[] gates) {
    this.hidden = output.size();
    this.recurrent = blueprint.weight(tensors.recurrentWeight());
    this.output = output;
    this.gates = gates;
  }

  @Override
  public List<float[]> states() {
    return List.of(output.values());
  }

  @Override
  public List<float[]> startGradients() {
    return List.of(output.gradient());
  }

  @Override
  public void forward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    Matrix h = output.states();
    int row = part.row(axis, step);
    int next = row + axis.batch();
    Matrix a = Matrix.of(gates, hidden).from(row);
    recurrent.addProduct(kernels, part, h.from(row), a);
    kernels.rnnForward(part.count(), part.from(), part.to(), a, h.from(next));
  }

  @Override
  public void backward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    Matrix dh = output.stateGradients();
    int row = part.row(axis, step);
    int next = row + axis.batch();
    Matrix a = Matrix.of(gates, hidden).from(row);
    if (phase == 0) {
      Matrix h = output.states().from(next);
      kernels.rnnBackward(part.count(), part.from(), part.to(), dh.from(next), h, a);
    } else {
      recurrent.addInputGradient(kernels, part, a, dh.from(row));
    }
  }

  @Override
  public void accumulate(Axis axis, float[] gradient) {
    recurrent.accumulate(axis.rows(), Matrix.of(gates, hidden), output.states(), gradient);
  }
}
