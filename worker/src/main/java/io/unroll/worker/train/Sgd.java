package io.unroll.worker.train;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Spans;
import io.unroll.worker.model.Gradient;

/**
 * Stochastic gradient descent: p ← p - η g. As {@code torch.optim.SGD}. What has no gradient is not
 * looked at.
 */
public record Sgd() implements Optimizer {
  @Override
  public int slots() {
    return 0;
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
    Spans spans = gradient.spans();
    for (int s = 0; s < spans.count(); s++) {
      kernels.sgd(
          spans.from(s), spans.to(s), parameters, gradient.values(), scale, (float) learningRate);
    }
  }
}
