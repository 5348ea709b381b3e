package io.unroll.worker.model;

/**
 * What flows between two modules: values (T, B, D) and the gradient of the loss by them, allocated
 * once for the largest T and B and used with the stride of the current B.
 *
 * <p>Both arrays begin with a slot of (B, D) for the time before the window: a recurrent layer
 * keeps its initial state there, so that its inputs h' of all steps are one contiguous matrix.
 */
final class Signal implements LayerInput {
  private final int size;
  private final float[] values;
  private final float[] gradient;

  Signal(int maxTime, int maxBatch, int size) {
    this.size = size;
    this.values = new float[Blueprint.elements(maxTime + 1, maxBatch, size)];
    this.gradient = new float[values.length];
  }

  /** D, numbers per step and sequence. */
  int size() {
    return size;
  }

  float[] values() {
    return values;
  }

  float[] gradient() {
    return gradient;
  }

  /** Index of the first number of a step, in values and gradient; step -1 is before the window. */
  int offset(int step, int batch) {
    return (step + 1) * batch * size;
  }
}
