package io.unroll.worker.train;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.model.Gradient;

/**
 * RMSProp: v ← α v + (1-α) g²; p ← p - η g / (√v + ε). As {@code torch.optim.RMSprop} without
 * momentum, not centred (Tieleman and Hinton 2012, lecture 6.5). Slot 0 is v.
 *
 * @param alpha α in [0, 1), share of the old mean square that is kept
 * @param epsilon ε > 0, outside the root
 */
public record RmsProp(double alpha, double epsilon) implements Optimizer {
  public RmsProp {
    OptimizerChecks.fraction("alpha", alpha);
    OptimizerChecks.positive("epsilon", epsilon);
  }

  @Override
  public int slots() {
    return 1;
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
    kernels.rmsProp(
        0,
        g.length,
        parameters,
        g,
        scale,
        state,
        (float) alpha,
        (float) (1 - alpha),
        (float) learningRate,
        (float) epsilon);
  }
}
