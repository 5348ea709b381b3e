package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;

/** y = x W^T + b, for rows that lie one after the other, and its gradients. */
final class Linear {
  private final Weight weight;
  private final Bias bias;
  private final Cores cores;

  Linear(Weight weight, Bias bias, Cores cores) {
    this.weight = weight;
    this.bias = bias;
    this.cores = cores;
  }

  void use(float[] parameters) {
    bias.use(parameters);
  }

  /** Columns of y. */
  int outputs() {
    return bias.size();
  }

  /** y = x W^T + b. */
  void product(Kernels kernels, int rows, Matrix x, Matrix y) {
    weight.product(kernels, rows, x, bias.values(), y);
  }

  /**
   * dx = dx + dy W.
   *
   * @param first whether dx is 0, whatever it holds
   */
  void addInputGradient(Kernels kernels, int rows, Matrix dy, Matrix dx, boolean first) {
    weight.addInputGradient(kernels, rows, dy, dx, first);
  }

  /**
   * Adds to the gradients by W and b, by all cores.
   *
   * @param dy (rows, outputs), one after the other
   */
  void accumulate(int rows, float[] dy, Matrix x, float[] gradient) {
    weight.accumulate(rows, Matrix.of(dy, outputs()), x, gradient);
    cores.run(share -> bias.accumulate(share, rows, dy, gradient));
  }
}
