package io.unroll.dataprep.vectors;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import java.io.Serializable;

/**
 * What files of vectors hold.
 *
 * @param size numbers of a vector
 * @param target a label for each example, or one for each vector
 */
record VectorShape(int size, Target target) implements Serializable {}
