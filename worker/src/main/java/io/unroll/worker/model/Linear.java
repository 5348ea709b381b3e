package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.math.PackedMatrix;

/**
 * The product with one weight matrix W (G, D) of the flat parameters: y = … + x W^T and its two
 * gradients. Rows x of an operand are D numbers apart, rows of y and its gradient as far as the
 * caller says.
 */
final class Linear {
  private final int offset;
  private final int outputs;
  private final int inputs;
  private final Kernels kernels;
  private final PackedMatrix workspace;
  private final PackedMatrix transposed;
  private final float[] zeros;
  private PackedMatrix straight;
  private boolean straightIsPacked;
  private float[] parameters;

  Linear(int offset, int outputs, int inputs, Kernels kernels, PackedMatrix workspace) {
    this.offset = offset;
    this.outputs = outputs;
    this.inputs = inputs;
    this.kernels = kernels;
    this.workspace = workspace;
    this.transposed = kernels.packed(inputs, outputs);
    this.zeros = new float[inputs];
  }

  /** Packs W^T for the forward products. W itself is packed when a gradient first needs it. */
  void use(float[] newParameters) {
    parameters = newParameters;
    transposed.pack(inputs, outputs, Matrix.of(parameters, offset, inputs).transposed());
    straightIsPacked = false;
  }

  /** y = start + x W^T, the same start for all rows. */
  void product(
      int rows, float[] x, int xOffset, float[] start, float[] y, int yOffset, int yStride) {
    kernels.multiply(
        rows,
        Matrix.of(x, xOffset, inputs),
        transposed,
        Matrix.row(start),
        Matrix.of(y, yOffset, yStride));
  }

  /** y = y + x W^T. */
  void addProduct(int rows, float[] x, int xOffset, float[] y, int yOffset, int yStride) {
    kernels.multiplyAdd(
        rows, Matrix.of(x, xOffset, inputs), transposed, Matrix.of(y, yOffset, yStride));
  }

  /** dx = dy W. */
  void inputGradient(int rows, float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset) {
    kernels.multiply(
        rows,
        Matrix.of(dy, dyOffset, dyStride),
        straight(),
        Matrix.row(zeros),
        Matrix.of(dx, dxOffset, inputs));
  }

  /** dx = dx + dy W. */
  void addInputGradient(
      int rows, float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset) {
    kernels.multiplyAdd(
        rows, Matrix.of(dy, dyOffset, dyStride), straight(), Matrix.of(dx, dxOffset, inputs));
  }

  /** dW = dW + dy^T x, in the flat gradient. The sum over rows goes on from what dW holds. */
  void addWeightGradient(
      int rows, float[] dy, int dyOffset, int dyStride, float[] x, int xOffset, float[] gradient) {
    workspace.pack(rows, inputs, Matrix.of(x, xOffset, inputs));
    kernels.multiplyAdd(
        outputs,
        Matrix.of(dy, dyOffset, dyStride).transposed(),
        workspace,
        Matrix.of(gradient, offset, inputs));
  }

  /** Only training pays for the second copy. */
  private PackedMatrix straight() {
    if (straight == null) {
      straight = kernels.packed(outputs, inputs);
    }
    if (!straightIsPacked) {
      straight.pack(outputs, inputs, Matrix.of(parameters, offset, inputs));
      straightIsPacked = true;
    }
    return straight;
  }
}
