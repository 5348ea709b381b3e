package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;
import java.util.List;

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
final class GruSteps implements CellSteps {
  private final int hidden;
  private final int gateRows;

  /** Rows r and z of W_hh. */
  private final Weight recurrentRz;

  /** Rows n of W_hh. */
  private final Weight recurrentN;

  private final Signal output;

  /** (T, B, 3H): pre-activations, then activations, then the gradient by the pre-activations. */
  private final float[] gates;

  /** (T, B, H): r h'. */
  private final float[] resets;

  /** (B, H): gradient by r h' of one step. */
  private final float[] resetGradient;

  GruSteps(Blueprint blueprint, RecurrentTensors tensors, Signal output, float[] gates) {
    String weight = tensors.recurrentWeight();
    this.hidden = output.size();
    this.gateRows = 3 * hidden;
    this.recurrentRz = blueprint.weight(weight, 0, 2 * hidden);
    this.recurrentN = blueprint.weight(weight, 2 * hidden, hidden);
    this.output = output;
    this.gates = gates;
    this.resets = blueprint.buffer(hidden);
    this.resetGradient = new float[blueprint.capacity().batch() * hidden];
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
  public void clear(Range rows) {
    Arrays.fill(resets, rows.from() * hidden, rows.to() * hidden, 0f);
  }

  @Override
  public int forwardPhases() {
    return 2;
  }

  @Override
  public int backwardPhases() {
    return 3;
  }

  @Override
  public void forward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    int row = part.row(axis, step);
    Matrix h = output.states().from(row);
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    Matrix reset = Matrix.of(resets, hidden).from(row);
    if (phase == 0) {
      recurrentRz.addProduct(kernels, part, h, gate);
      kernels.gruReset(part.count(), part.from(), part.to(), gate, h, reset);
    } else {
      Matrix next = output.states().from(row + axis.batch());
      recurrentN.addProduct(kernels, part, reset, gate.fromColumn(2 * hidden));
      kernels.gruForward(part.count(), part.from(), part.to(), gate, h, next);
    }
  }

  @Override
  public void backward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    int row = part.row(axis, step);
    Matrix h = output.states().from(row);
    Matrix dh = output.stateGradients();
    Matrix down = dh.from(row);
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    if (phase == 0) {
      Matrix up = dh.from(row + axis.batch());
      kernels.gruBackward(part.count(), part.from(), part.to(), gate, h, up, down);
    } else if (phase == 1) {
      Matrix dReset = Matrix.of(resetGradient, hidden).from(part.rows().from());
      recurrentN.inputGradient(kernels, part, gate.fromColumn(2 * hidden), dReset);
      kernels.gruResetBackward(part.count(), part.from(), part.to(), gate, h, dReset, down);
    } else {
      recurrentRz.addInputGradient(kernels, part, gate, down);
    }
  }

  @Override
  public void accumulate(Axis axis, float[] gradient) {
    Matrix gate = Matrix.of(gates, gateRows);
    recurrentRz.accumulate(axis.rows(), gate, output.states(), gradient);
    recurrentN.accumulate(
        axis.rows(), gate.fromColumn(2 * hidden), Matrix.of(resets, hidden), gradient);
  }
}
