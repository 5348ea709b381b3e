package io.unroll.worker.layer;

import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;
import java.util.stream.Stream;

/**
 * The sum of one or more bias vectors of the flat parameters, added to every row: a layer's b_ih
 * and b_hh, which get the same gradient.
 */
final class Bias {
  private final int[] offsets;
  private final float[] sum;

  Bias(ParameterLayout layout, String... tensors) {
    this.offsets = Stream.of(tensors).mapToInt(name -> layout.tensor(name).offset()).toArray();
    this.sum = new float[layout.tensor(tensors[0]).size()];
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

  /** Adds the sums of some columns of dy (rows, size) to the gradient by each of the vectors. */
  void accumulate(Share share, int rows, float[] dy, float[] gradient) {
    Range columns = share.elements(sum.length);
    share
        .kernels()
        .addColumnSums(rows, sum.length, columns.from(), columns.to(), dy, gradient, offsets[0]);
    for (int k = 1; k < offsets.length; k++) {
      int from = columns.from();
      System.arraycopy(gradient, offsets[0] + from, gradient, offsets[k] + from, columns.size());
    }
  }
}
