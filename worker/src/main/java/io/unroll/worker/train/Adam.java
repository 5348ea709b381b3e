package io.unroll.worker.train;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.model.Gradient;

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
  public Adam {
    OptimizerChecks.fraction("beta1", beta1);
    OptimizerChecks.fraction("beta2", beta2);
    OptimizerChecks.positive("epsilon", epsilon);
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(
      Kernels kernels,
      float[] parameters,
      Gradient gradient,
      float scale,
      float[] state,
      long step,
      double learningRate) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    float[] g = gradient.values();
    // StrictMath: the same correction on every machine.
    float eta = (float) (learningRate / (1 - StrictMath.pow(beta1, (double) step)));
    float root = (float) Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
    kernels.adam(
        0,
        g.length,
        parameters,
        g,
        scale,
        state,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        root,
        eta,
        (float) epsilon);
  }
}
