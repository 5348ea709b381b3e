package io.unroll.worker.train;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.model.Gradient;
import java.io.Serializable;

/**
 * A rule that changes parameters by their gradient, with PyTorch's formulas in float arithmetic:
 * every operation is rounded by itself, in the order of the formula, so results are equal on all
 * machines.
 *
 * <p>An optimiser is a value; what it remembers is a flat array of {@link #slots()} × size floats,
 * slot-major: float i of slot s lies at s·size + i. All zero before the first step.
 */
public sealed interface Optimizer extends Serializable permits Sgd, Momentum, RmsProp, Adam {
  /** Floats remembered per parameter. */
  int slots();

  /**
   * Does one step.
   *
   * @param parameters p, modified
   * @param gradient g of as many numbers; not modified
   * @param scale factor that clips the gradient, in (0, 1]: g in the formulas is scale times it
   * @param state {@link #slots()} × size floats; modified
   * @param step number of this step, from 1
   * @param learningRate η of this step
   * @throws IllegalArgumentException if a length does not match
   */
  void update(
      Kernels kernels,
      float[] parameters,
      Gradient gradient,
      float scale,
      float[] state,
      long step,
      double learningRate);
}
