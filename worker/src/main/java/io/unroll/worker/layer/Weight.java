package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.math.PackedMatrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

/**
 * One weight matrix W (G, D) of the flat parameters, or some of its rows or columns, with the
 * product y = … + x W^T and its two gradients. Products take the kernels of the thread that
 * computes them.
 */
final class Weight {
  private final int offset;
  private final int outputs;
  private final int inputs;
  private final int stride;
  private final Cores cores;
  private final PackedMatrix workspace;
  private final PackedMatrix transposed;
  private final float[] zeros;
  private PackedMatrix straight;
  private float[] parameters;

  /**
   * A weight whose rows lie so far apart.
   *
   * @param offset of its first element in the flat parameters
   * @param outputs G
   * @param inputs D
   * @param stride from row to row
   */
  Weight(int offset, int outputs, int inputs, int stride, Cores cores, PackedMatrix workspace) {
    this.offset = offset;
    this.outputs = outputs;
    this.inputs = inputs;
    this.stride = stride;
    this.cores = cores;
    this.workspace = workspace;
    this.transposed = cores.kernels().packed(inputs, outputs);
    this.zeros = new float[inputs];
  }

  /** G. */
  int outputs() {
    return outputs;
  }

  /** Takes new parameters, which every thread is to pack its part of. */
  void use(float[] newParameters) {
    parameters = newParameters;
    transposed.begin(inputs, outputs);
  }

  /** Packs some of W^T, for the forward products. */
  void packForForward(Share share) {
    Matrix source = Matrix.of(parameters, offset, stride).transposed();
    pack(transposed, share, source);
  }

  /** Makes room for W itself, which the backward products need: only training pays for it. */
  void beginBackward() {
    if (straight == null) {
      straight = cores.kernels().packed(outputs, inputs);
    }
    straight.begin(outputs, inputs);
  }

  /** Packs some of W. */
  void packForBackward(Share share) {
    pack(straight, share, Matrix.of(parameters, offset, stride));
  }

  private static void pack(PackedMatrix packed, Share share, Matrix source) {
    int from = packed.cut(share.index(), share.count());
    int to = packed.cut(share.index() + 1, share.count());
    packed.packColumns(from, to, source);
  }

  /** y = start + x W^T, the same start for all rows. */
  void product(Kernels kernels, int rows, Matrix x, float[] start, Matrix y) {
    kernels.multiply(rows, x, transposed, Matrix.row(start), y);
  }

  /** y = y + x W^T. */
  void addProduct(Kernels kernels, int rows, Matrix x, Matrix y) {
    kernels.multiplyAdd(rows, x, transposed, y);
  }

  /** y = start + x W^T for the units of a part, in every gate. */
  void product(Kernels kernels, Part part, Matrix x, float[] start, Matrix y) {
    multiply(kernels, part, x, Matrix.row(start), y);
  }

  /** y = y + x W^T for the units of a part, in every gate. */
  void addProduct(Kernels kernels, Part part, Matrix x, Matrix y) {
    multiply(kernels, part, x, y, y);
  }

  private void multiply(Kernels kernels, Part part, Matrix x, Matrix start, Matrix y) {
    if (part.hasAllUnits()) {
      kernels.multiply(part.count(), x, transposed, start, y);
      return;
    }
    for (int gate = 0; gate < outputs; gate += part.hidden()) {
      int from = gate + part.from();
      kernels.multiply(part.count(), from, gate + part.to(), x, transposed, start, y);
    }
  }

  /** dx = dy W for the units of a part. */
  void inputGradient(Kernels kernels, Part part, Matrix dy, Matrix dx) {
    kernels.multiply(part.count(), part.from(), part.to(), dy, straight, Matrix.row(zeros), dx);
  }

  /** dx = dx + dy W for the units of a part. */
  void addInputGradient(Kernels kernels, Part part, Matrix dy, Matrix dx) {
    kernels.multiplyAdd(part.count(), part.from(), part.to(), dy, straight, dx);
  }

  /** dx = dx + dy W. */
  void addInputGradient(Kernels kernels, int rows, Matrix dy, Matrix dx) {
    kernels.multiplyAdd(rows, dy, straight, dx);
  }

  /**
   * dx = dx + dy W.
   *
   * @param first whether dx is 0, whatever it holds
   */
  void addInputGradient(Kernels kernels, int rows, Matrix dy, Matrix dx, boolean first) {
    kernels.multiply(rows, dy, straight, first ? Matrix.row(zeros) : dx, dx);
  }

  /**
   * dW = dW + dy^T x, in the flat gradient, by all cores: each takes some rows of dW. The sum over
   * rows of x goes on from what dW holds.
   */
  void accumulate(int rows, Matrix dy, Matrix x, float[] gradient) {
    workspace.begin(rows, inputs);
    cores.run(share -> pack(workspace, share, x));
    Matrix dw = Matrix.of(gradient, offset, stride);
    cores.run(
        share -> {
          Range range = share.rows(outputs);
          Matrix a = dy.fromColumn(range.from()).transposed();
          share.kernels().multiplyAdd(range.size(), a, workspace, dw.from(range.from()));
        });
  }
}
