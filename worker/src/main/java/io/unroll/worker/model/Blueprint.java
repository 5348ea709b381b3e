package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.PackedMatrix;

/**
 * What the modules of one model are built from: its shape, its capacity, and what they share.
 *
 * @param maxTime largest T
 * @param maxBatch largest B
 * @param workspace right operand of the weight-gradient products: (T·B, max(E, H)), repacked by
 *     each of them
 */
record Blueprint(
    Architecture architecture,
    ParameterLayout layout,
    int maxTime,
    int maxBatch,
    Kernels kernels,
    PackedMatrix workspace) {

  static Blueprint of(Architecture architecture, int maxTime, int maxBatch, Kernels kernels) {
    int widest = Math.max(architecture.embedding(), architecture.hidden());
    return new Blueprint(
        architecture,
        ParameterLayout.of(architecture),
        maxTime,
        maxBatch,
        kernels,
        kernels.packed(Math.multiplyExact(maxTime, maxBatch), widest));
  }

  /** A product of sizes, refused if no array could hold it. */
  static int elements(int time, int batch, int size) {
    return Math.multiplyExact(Math.multiplyExact(time, batch), size);
  }

  /** A buffer of (T, B, size). */
  float[] buffer(int size) {
    return new float[elements(maxTime, maxBatch, size)];
  }

  Signal signal(int size) {
    return new Signal(maxTime, maxBatch, size);
  }

  Linear linear(String tensor) {
    return linear(tensor, 0, layout.tensor(tensor).rows());
  }

  /** The product with some rows of a weight only. */
  Linear linear(String tensor, int firstRow, int rows) {
    ParameterLayout.Tensor weight = layout.tensor(tensor);
    int offset = weight.offset() + firstRow * weight.columns();
    return new Linear(offset, rows, weight.columns(), kernels, workspace);
  }
}
