package io.unroll.driver.round;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.config.AveragingSettings.Outer;

/**
 * The outer step: what follows from the lanes' mean x̄ of a round that began at W. With momentum m,
 * learning rate r, d = x̄ - W and the velocity V, which is zero at first:
 *
 * <pre>
 * mean             W ← x̄
 * block-momentum   V ← m V + r d;   W ← W + V
 * nesterov         V ← m V + r d;   W ← W + r d + m V
 * </pre>
 *
 * <p>Block momentum is BMUF with classical momentum (Chen and Huo 2016). Its Nesterov form begins
 * each round at W + m V; in terms of that point it is the second formula, which is also Nesterov's
 * momentum on the outer gradient -d as DiLoCo takes it (Douillard et al. 2023, PyTorch's SGD with
 * {@code nesterov=True}; V is r times PyTorch's buffer). Element by element in double, so that the
 * result depends on nothing but its inputs.
 *
 * @param momentum m, in [0, 1)
 * @param learningRate r, above 0
 */
public record OuterOptimizer(Outer kind, double momentum, double learningRate) {
  public static OuterOptimizer of(AveragingSettings settings) {
    return new OuterOptimizer(
        settings.outer(), settings.outerMomentum(), settings.outerLearningRate());
  }

  /** Length of the velocity: none for the plain mean. */
  public int stateSize(int parameters) {
    return kind == Outer.MEAN ? 0 : parameters;
  }

  /**
   * Takes a step.
   *
   * @param start W, unchanged
   * @param mean x̄, replaced by the next W
   * @param velocity V, replaced by the next one; empty for the plain mean
   */
  void step(float[] start, float[] mean, float[] velocity) {
    if (kind == Outer.MEAN) {
      return;
    }
    for (int x = 0; x < mean.length; x++) {
      double way = learningRate * ((double) mean[x] - start[x]);
      double next = momentum * velocity[x] + way;
      velocity[x] = (float) next;
      mean[x] = (float) (start[x] + (kind == Outer.NESTEROV ? way + momentum * next : next));
    }
  }

  /** L2 norm of the step from one point to another. */
  static double distance(float[] from, float[] to) {
    double squares = 0;
    for (int x = 0; x < from.length; x++) {
      double way = (double) to[x] - from[x];
      squares += way * way;
    }
    return Math.sqrt(squares);
  }
}
