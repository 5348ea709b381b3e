package io.unroll.dataprep.vectors;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.RawExample;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** What is made of each array and its labels. Sent to the tasks. */
public interface VectorView extends Serializable {
  /**
   * What it makes of the arrays of a file.
   *
   * @param shape T and F, or F alone
   * @param target whether an array has a label, or one for each vector
   * @throws IllegalArgumentException if it can make nothing of them; the message is what they are,
   *     and what was expected
   */
  VectorShape shape(int[] shape, Target target);

  /** The example that it makes of an array. */
  RawExample example(LabelledArray array);

  /**
   * All labels that there are, in the order of their ids.
   *
   * @param classes the names of those in the files, where they are given
   */
  default Optional<List<String>> labels(Optional<List<String>> classes) {
    return classes;
  }
}
