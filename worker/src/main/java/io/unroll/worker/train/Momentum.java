package io.unroll.worker.train;

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
      float[] parameters, float[] gradient, float[] state, long step, double learningRate) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    float mu = (float) momentum;
    float eta = (float) learningRate;
    if (nesterov) {
      lookAhead(parameters, gradient, state, mu, eta);
    } else {
      follow(parameters, gradient, state, mu, eta);
    }
  }

  private static void follow(float[] p, float[] g, float[] v, float mu, float eta) {
    for (int i = 0; i < p.length; i++) {
      float velocity = mu * v[i] + g[i];
      v[i] = velocity;
      p[i] -= eta * velocity;
    }
  }

  private static void lookAhead(float[] p, float[] g, float[] v, float mu, float eta) {
    for (int i = 0; i < p.length; i++) {
      float velocity = mu * v[i] + g[i];
      v[i] = velocity;
      p[i] -= eta * (g[i] + mu * velocity);
    }
  }
}
