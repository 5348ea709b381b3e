package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

/**
 * Gradient descent with momentum: v ← µ v + g; p ← p - η v, or with Nesterov's form p ← p - η (g +
 * µ v). As {@code torch.optim.SGD(momentum=µ, nesterov=…)} without dampening (Sutskever, Martens,
 * Dahl and Hinton 2013, with the learning rate outside the velocity). Slot 0 is v.
 *
 * @param momentum µ in [0, 1)
 * @param nesterov whether the gradient is looked ahead by µ v
 */
public record Momentum(double momentum, boolean nesterov) implements Optimizer {
  public Momentum {
    OptimizerChecks.fraction("momentum", momentum);
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
    float mu = (float) momentum;
    float eta = (float) update.learningRate();
    if (nesterov) {
      share
          .kernels()
          .nesterov(range.from(), range.to(), parameters, g, update.scale(), state, mu, eta);
    } else {
      share
          .kernels()
          .momentum(range.from(), range.to(), parameters, g, update.scale(), state, mu, eta);
    }
  }
}
