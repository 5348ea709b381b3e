package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.Updates.RmsPropFactors;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

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
      Share share, float[] parameters, Gradient gradient, float[] state, Update update) {
    float[] g = gradient.values();
    Range range = share.elements(g.length);
    share
        .kernels()
        .rmsProp(
            range.from(),
            range.to(),
            parameters,
            g,
            update.scale(),
            state,
            new RmsPropFactors(
                (float) alpha,
                (float) (1 - alpha),
                (float) update.learningRate(),
                (float) epsilon));
  }
}
