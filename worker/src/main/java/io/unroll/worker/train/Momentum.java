package io.unroll.worker.train;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.model.Gradient;

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
      Kernels kernels,
      float[] parameters,
      Gradient gradient,
      float scale,
      float[] state,
      long step,
      double learningRate) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    float[] g = gradient.values();
    float mu = (float) momentum;
    float eta = (float) learningRate;
    if (nesterov) {
      kernels.nesterov(0, g.length, parameters, g, scale, state, mu, eta);
    } else {
      kernels.momentum(0, g.length, parameters, g, scale, state, mu, eta);
    }
  }
}
