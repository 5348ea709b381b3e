package io.unroll.dataprep.vectors;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.RawExample;

/** The array itself. */
public record Whole() implements VectorView {
  @Override
  public VectorShape shape(int[] shape, Target target) {
    return new VectorShape(shape[shape.length - 1], target);
  }

  @Override
  public RawExample example(LabelledArray array) {
    return RawExample.ofValues(array.row(), array.values(), array.labels());
  }
}
