package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;

/** What attention adds to the gates of a recurrent layer, step by step: c W_ih^T. */
final class AttendedInputs {
  private final Attention attention;
  private final Weight weight;
  private final Signal output;
  private final float[] gates;

  /**
   * @param weight the columns of W_ih that read c
   * @param output h of the layer
   * @param gates (T, B, G)
   */
  AttendedInputs(Attention attention, Weight weight, Signal output, float[] gates) {
    this.attention = attention;
    this.weight = weight;
    this.output = output;
    this.gates = gates;
  }

  void use(float[] parameters) {
    attention.use(parameters);
  }

  /** Before the cell's step. */
  void forward(Kernels kernels, Pass pass, int step, Part part) {
    int row = part.row(pass.axis(), step);
    attention.forward(kernels, pass, step, part.rows(), output.states().from(row));
    Matrix c = attention.context().rows(pass.axis().batch()).from(row);
    weight.addProduct(kernels, part.count(), c, gate(row));
  }

  private Matrix gate(int row) {
    return Matrix.of(gates, weight.outputs()).from(row);
  }

  void beginBackward(Pass pass) {
    attention.beginBackward(pass);
  }

  /** After the cell's step. */
  void backward(Kernels kernels, Pass pass, int step, Part part, boolean starts) {
    int row = part.row(pass.axis(), step);
    Matrix dc = attention.context().gradients(pass.axis().batch()).from(row);
    weight.addInputGradient(kernels, part.count(), gate(row), dc);
    Matrix dh = output.stateGradients().from(row);
    attention.backward(kernels, pass, step, part.rows(), dh, starts);
  }

  void accumulate(Pass pass, float[] gradient) {
    int rows = pass.axis().rows();
    Matrix c = attention.context().rows(pass.axis().batch());
    weight.accumulate(rows, Matrix.of(gates, weight.outputs()), c, gradient);
    attention.accumulate(pass, output.states(), gradient);
  }
}
