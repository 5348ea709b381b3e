package io.unroll.worker.train;

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
      float[] parameters, float[] gradient, float[] state, long step, double learningRate) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    float keep = (float) alpha;
    float take = (float) (1 - alpha);
    float eta = (float) learningRate;
    float eps = (float) epsilon;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      float v = keep * state[i] + take * g * g;
      state[i] = v;
      parameters[i] -= eta * g / ((float) Math.sqrt(v) + eps);
    }
  }
}
