package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Share;
import java.io.Serializable;

/**
 * A rule that changes parameters by their gradient, with PyTorch's formulas in float arithmetic:
 * every operation is rounded by itself, in the order of the formula, so results are equal on all
 * machines.
 *
 * <p>An optimiser is a value; what it remembers is a flat array of {@link #slots()} × size floats,
 * slot-major: float i of slot s lies at s·size + i. All zero before the first step.
 */
public sealed interface Optimizer extends Serializable
    permits Sgd, Momentum, RmsProp, Adam, SquaredGradients, DynamicUpdate {
  /** Floats remembered per parameter. */
  int slots();

  /**
   * Does one step, by all cores.
   *
   * @param parameters p, modified
   * @param gradient g of as many numbers; not modified
   * @param state {@link #slots()} × size floats; modified
   * @throws IllegalArgumentException if a length does not match
   */
  default void update(
      Cores cores, float[] parameters, Gradient gradient, float[] state, Update update) {
    OptimizerChecks.lengths(this, parameters, gradient, state);
    cores.run(share -> update(share, parameters, gradient, state, update));
  }

  /** Does one thread's share of a step. */
  void update(Share share, float[] parameters, Gradient gradient, float[] state, Update update);

  /**
   * What changes from step to step.
   *
   * @param scale factor that clips the gradient, in (0, 1]: g in the formulas is scale times it
   * @param step number of this step, from 1
   * @param learningRate η of this step
   */
  record Update(float scale, long step, double learningRate) {}
}
