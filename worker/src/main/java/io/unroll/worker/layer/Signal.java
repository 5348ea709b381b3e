package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;

/**
 * What flows between two modules: values (T, B, D) and the gradient of the loss by them, allocated
 * once for the largest T and B and used with the stride of the current B.
 *
 * <p>Both arrays begin with a slot of (B, D) for the time before the window: a recurrent layer
 * keeps its initial state there, so that its inputs h' of all steps are one contiguous matrix.
 */
public final class Signal implements LayerInput {
  private final Axis capacity;
  private final int size;
  private final float[] values;
  private final float[] gradient;
  private boolean hasGradient;

  Signal(Axis capacity, int size) {
    this.capacity = capacity;
    this.size = size;
    this.values = new float[Blueprint.elements(capacity.time() + 1, capacity.batch(), size)];
    this.gradient = new float[values.length];
  }

  /** Most steps and sequences. */
  Axis capacity() {
    return capacity;
  }

  /** D, numbers per step and sequence. */
  @Override
  public int size() {
    return size;
  }

  /** T·B rows of a pass; a signal of one step has that one only, however many the pass has. */
  int rowsInUse(Axis axis) {
    return Math.min(axis.time(), capacity.time()) * axis.batch();
  }

  /**
   * Copies some numbers of sequence b in step 0.
   *
   * @param batch B of the last pass
   * @param column of the first
   * @param result receives them from an index on
   */
  public void copy(int batch, int b, int column, int count, float[] result, int at) {
    System.arraycopy(values, offset(0, batch) + b * size + column, result, at, count);
  }

  float[] values() {
    return values;
  }

  float[] gradient() {
    return gradient;
  }

  /** Row t·B + b is sequence b before step t. */
  Matrix states() {
    return Matrix.of(values, size);
  }

  /** The gradient by {@link #states}. */
  Matrix stateGradients() {
    return Matrix.of(gradient, size);
  }

  /** Row t·B + b is sequence b after step t. */
  Matrix rows(int batch) {
    return states().from(batch);
  }

  /** The gradient by {@link #rows}. */
  Matrix gradients(int batch) {
    return stateGradients().from(batch);
  }

  /** Forgets the gradient: it is 0 from now on, whatever its array holds. */
  void clearGradient() {
    hasGradient = false;
  }

  /**
   * Before a reader adds to the gradient: whether it is the first. What the first one adds replaces
   * what the array holds, which spares clearing it.
   */
  boolean addsFirst() {
    boolean first = !hasGradient;
    hasGradient = true;
    return first;
  }

  /** Index of the first number of a step, in values and gradient; step -1 is before the window. */
  int offset(int step, int batch) {
    return (step + 1) * batch * size;
  }
}
