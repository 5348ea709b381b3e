package io.unroll.dataprep.vectors;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import java.io.Serializable;

/**
 * What is written of arrays.
 *
 * @param size F, numbers of a vector
 * @param target a label for each example, or one for each vector
 */
public record VectorShape(int size, Target target) implements Serializable {}
