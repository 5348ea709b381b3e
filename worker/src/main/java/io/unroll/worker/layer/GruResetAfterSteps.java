package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;
import java.util.List;

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
final class GruResetAfterSteps implements CellSteps {
  private final Cores cores;
  private final int hidden;
  private final int gateRows;
  private final Weight recurrent;
  private final Bias recurrentBias;
  private final Signal output;

  /** (T, B, 3H): W_ih x + b_ih, then activations, then the gradient by W_ih x + b_ih. */
  private final float[] gates;

  /** (T, B, 3H): W_hh h' + b_hh, then the gradient by it. */
  private final float[] recurrentGates;

  GruResetAfterSteps(Blueprint blueprint, RecurrentTensors tensors, Signal output, float[] gates) {
    this.cores = blueprint.cores();
    this.hidden = output.size();
    this.gateRows = 3 * hidden;
    this.recurrent = blueprint.weight(tensors.recurrentWeight());
    this.recurrentBias = new Bias(blueprint.layout(), tensors.recurrentBias());
    this.output = output;
    this.gates = gates;
    this.recurrentGates = blueprint.buffer(gateRows);
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
  public void use(float[] parameters) {
    recurrentBias.use(parameters);
  }

  @Override
  public void clear(Range rows) {
    Arrays.fill(recurrentGates, rows.from() * gateRows, rows.to() * gateRows, 0f);
  }

  @Override
  public void forward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    Matrix h = output.states();
    int row = part.row(axis, step);
    int next = row + axis.batch();
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    Matrix product = Matrix.of(recurrentGates, gateRows).from(row);
    recurrent.product(kernels, part, h.from(row), recurrentBias.values(), product);
    kernels.gruResetAfterForward(
        part.count(), part.from(), part.to(), gate, product, h.from(row), h.from(next));
  }

  @Override
  public void backward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    Matrix dh = output.stateGradients();
    int row = part.row(axis, step);
    Matrix product = Matrix.of(recurrentGates, gateRows).from(row);
    if (phase == 0) {
      Matrix h = output.states().from(row);
      Matrix gate = Matrix.of(gates, gateRows).from(row);
      Matrix up = dh.from(row + axis.batch());
      kernels.gruResetAfterBackward(
          part.count(), part.from(), part.to(), gate, product, h, up, dh.from(row));
    } else {
      recurrent.addInputGradient(kernels, part, product, dh.from(row));
    }
  }

  @Override
  public void accumulate(Axis axis, float[] gradient) {
    int rows = axis.rows();
    recurrent.accumulate(rows, Matrix.of(recurrentGates, gateRows), output.states(), gradient);
    cores.run(share -> recurrentBias.accumulate(share, rows, recurrentGates, gradient));
  }
}
