package io.unroll.worker.train;

/** Stochastic gradient descent: p ← p - η g. As {@code torch.optim.SGD}. */
public record Sgd() implements Optimizer {
  @Override
  public int slots() {
    return 0;
  }

  @Override
  public void update(
      float[] parameters, float[] gradient, float[] state, long step, double learningRate) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    float eta = (float) learningRate;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= eta * gradient[i];
    }
  }
}
