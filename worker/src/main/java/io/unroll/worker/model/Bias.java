package io.unroll.worker.model;

import io.unroll.worker.math.Kernels;
import java.util.stream.Stream;

/**
 * The sum of one or more bias vectors of the flat parameters, added to every row: a layer's b_ih
 * and b_hh, which get the same gradient.
 */
final class Bias {
  private final int[] offsets;
  private final float[] sum;
  private final Kernels kernels;

  Bias(Blueprint blueprint, String... tensors) {
    this.offsets =
        Stream.of(tensors).mapToInt(name -> blueprint.layout().tensor(name).offset()).toArray();
    this.sum = new float[blueprint.layout().tensor(tensors[0]).size()];
    this.kernels = blueprint.kernels();
  }

  void use(float[] parameters) {
    for (int j = 0; j < sum.length; j++) {
      float value = parameters[offsets[0] + j];
      for (int k = 1; k < offsets.length; k++) {
        value += parameters[offsets[k] + j];
      }
      sum[j] = value;
    }
  }

  /** Length of the vectors. */
  int size() {
    return sum.length;
  }

  /** The sum. */
  float[] values() {
    return sum;
  }

  /** Adds the column sums of dy (rows, size) to the gradient by each of the vectors. */
  void addGradient(int rows, float[] dy, float[] gradient) {
    kernels.addColumnSums(rows, sum.length, dy, gradient, offsets[0]);
    for (int k = 1; k < offsets.length; k++) {
      System.arraycopy(gradient, offsets[0], gradient, offsets[k], sum.length);
    }
  }
}
