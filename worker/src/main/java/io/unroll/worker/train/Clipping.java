package io.unroll.worker.train;

import java.io.Serializable;

/**
 * Gradient clipping by global L2 norm (Pascanu, Mikolov and Bengio 2013, algorithm 1): the gradient
 * is scaled by min(1, maxNorm / (norm + 10⁻⁶)), as {@code torch.nn.utils.clip_grad_norm_} does.
 *
 * @param maxNorm largest norm that passes, > 0; infinite where every gradient passes
 */
public record Clipping(double maxNorm) implements Serializable {
  /** Gradients stay as they are; their norm is still reported. */
  public static final Clipping NONE = new Clipping(Double.POSITIVE_INFINITY);

  /** PyTorch's guard against a division by zero. */
  private static final double GUARD = 1e-6;

  public Clipping {
    if (!(maxNorm > 0)) { // negated, so NaN is refused too
      throw new IllegalArgumentException(
          "Invalid clipping.max-norm: " + maxNorm + " (expected > 0)");
    }
  }

  /**
   * The factor that a gradient of this norm is multiplied by, in (0, 1].
   *
   * @param norm finite L2 norm over all parameters
   */
  public double scale(double norm) {
    return Math.min(1, maxNorm / (norm + GUARD));
  }
}
