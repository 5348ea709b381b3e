package io.unroll.worker.math;

/** Products and sums of vectors in heap {@code float[]}, as attention takes them step by step. */
public interface Sums {
  /**
   * Σ_j x_j y_j by fused multiply-adds: product j is added to partial sum j mod {@value
   * Rows#PARTIAL_SUMS}, then the sums are halved.
   */
  float dot(int count, float[] x, int xFrom, float[] y, int yFrom);

  /** y = y + factor x, fused; x and y are different arrays. */
  void addMultiple(int count, float factor, float[] x, int xFrom, float[] y, int yFrom);

  /**
   * Gradient through the energy e = v · u of one step, u = tanh(q + k): with d = e' v (1 - u²),
   * adds d to the gradients by q and by k, and e' u to that by v.
   *
   * @param size A, numbers of v, u, q and k
   * @param change e', the gradient by e
   * @param u the first row of it, as of all others
   * @param dv gradient by v, added to
   * @param dq gradient by q, added to
   * @param dk gradient by k, added to
   */
  void energyBackward(int size, float change, Matrix u, Matrix v, Matrix dv, Matrix dq, Matrix dk);
}
