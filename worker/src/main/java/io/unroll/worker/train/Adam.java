package io.unroll.worker.train;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← m + (1-β₁)(g - m); v ← β₂ v + (1-β₂) g²; p ← p -
 * η/(1-β₁ᵗ) · m / (√v / √(1-β₂ᵗ) + ε). As {@code torch.optim.Adam} without weight decay. Slot 0 is
 * m, slot 1 is v.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε > 0, outside the root
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
  /** Elements of a block: four blocks stay in the first-level cache. */
  private static final int BLOCK = 1024;

  public Adam {
    OptimizerChecks.fraction("beta1", beta1);
    OptimizerChecks.fraction("beta2", beta2);
    OptimizerChecks.positive("epsilon", epsilon);
  }

  @Override
  public int slots() {
    return 2;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Goes in blocks through four small arrays: the compiler vectorizes a loop only if all arrays
   * have the same index, and the two slots do not (measured: 0.5 ns per parameter against 2.4).
   */
  @Override
  public void update(
      float[] parameters, float[] gradient, float[] state, long step, double learningRate) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    // StrictMath: the same correction on every machine.
    float eta = (float) (learningRate / (1 - StrictMath.pow(beta1, (double) step)));
    float root = (float) Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
    float[] p = new float[BLOCK];
    float[] g = new float[BLOCK];
    float[] m = new float[BLOCK];
    float[] v = new float[BLOCK];
    int size = parameters.length;
    for (int from = 0; from < size; from += BLOCK) {
      int count = Math.min(BLOCK, size - from);
      System.arraycopy(parameters, from, p, 0, count);
      System.arraycopy(gradient, from, g, 0, count);
      System.arraycopy(state, from, m, 0, count);
      System.arraycopy(state, size + from, v, 0, count);
      updateBlock(count, p, g, m, v, eta, root);
      System.arraycopy(p, 0, parameters, from, count);
      System.arraycopy(m, 0, state, from, count);
      System.arraycopy(v, 0, state, size + from, count);
    }
  }

  private void updateBlock(
      int count, float[] p, float[] g, float[] m, float[] v, float eta, float root) {
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    for (int i = 0; i < count; i++) {
      float x = g[i];
      float mean = m[i] + take1 * (x - m[i]);
      float square = keep2 * v[i] + take2 * x * x;
      m[i] = mean;
      v[i] = square;
      p[i] -= eta * mean / ((float) Math.sqrt(square) / root + eps);
    }
  }
}
