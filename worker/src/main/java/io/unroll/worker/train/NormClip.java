package io.unroll.worker.train;

/**
 * Gradient clipping by global L2 norm (Pascanu, Mikolov and Bengio 2013, algorithm 1): the gradient
 * is scaled by min(1, maxNorm / (norm + 10⁻⁶)), as {@code torch.nn.utils.clip_grad_norm_} does.
 *
 * @param maxNorm largest norm that passes, > 0
 */
public record NormClip(double maxNorm) implements Clipping {
  /** PyTorch's guard against a division by zero. */
  private static final double GUARD = 1e-6;

  public NormClip {
    if (!(maxNorm > 0)) { // negated, so NaN is refused too
      throw new IllegalArgumentException(
          "Invalid clipping.max-norm: " + maxNorm + " (expected > 0)");
    }
  }

  @Override
  public double scale(double norm) {
    return Math.min(1, maxNorm / (norm + GUARD));
  }
}
