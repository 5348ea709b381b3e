package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.Updates.AdamFactors;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← m + (1-β₁)(g - m); v ← β₂ v + (1-β₂) g²; p ← p -
 * η/(1-β₁ᵗ) · m / (√v / √(1-β₂ᵗ) + ε). As {@code torch.optim.Adam} without weight decay. Slot 0 is
 * m, slot 1 is v.
 *
 * <p>With {@link Epsilon#HAT} the form at the end of their section 2, which Deeplearning4j has: p ←
 * p - η √(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε).
 *
 * <p>With a weight decay λ, p ← (1 - η λ) p comes first (Loshchilov and Hutter 2019, AdamW), as in
 * {@code torch.optim.AdamW}.
 *
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε > 0, outside the root
 * @param form what ε is added to
 * @param weightDecay λ in [0, 1]
 */
public record Adam(double beta1, double beta2, double epsilon, Epsilon form, double weightDecay)
    implements Optimizer {
  /** What ε is added to. */
  public enum Epsilon {
    /** The root of the second moment after its bias is corrected. */
    CORRECTED,
    /** The root of the second moment as it is. */
    HAT
  }

  /** The usual form. */
  public Adam(double beta1, double beta2, double epsilon) {
    this(beta1, beta2, epsilon, 0);
  }

  /** The usual form, with weight decay. */
  public Adam(double beta1, double beta2, double epsilon, double weightDecay) {
    this(beta1, beta2, epsilon, Epsilon.CORRECTED, weightDecay);
  }

  /** Without weight decay. */
  public Adam(double beta1, double beta2, double epsilon, Epsilon form) {
    this(beta1, beta2, epsilon, form, 0);
  }

  public Adam {
    OptimizerChecks.fraction("beta1", beta1);
    OptimizerChecks.fraction("beta2", beta2);
    OptimizerChecks.positive("epsilon", epsilon);
    if (!(weightDecay >= 0 && weightDecay <= 1)) {
      throw new IllegalArgumentException(
          "Invalid optimizer.weight-decay: " + weightDecay + " (expected 0 to 1)");
    }
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(
      Share share, float[] parameters, Gradient gradient, float[] state, Update update) {
    float[] g = gradient.values();
    Range range = share.elements(g.length);
    // StrictMath: the same correction on every machine.
    double rate = update.learningRate() / (1 - StrictMath.pow(beta1, (double) update.step()));
    double root = Math.sqrt(1 - StrictMath.pow(beta2, (double) update.step()));
    boolean hat = form == Epsilon.HAT;
    if (weightDecay > 0) {
      decay(parameters, range, (float) (1 - update.learningRate() * weightDecay));
    }
    share
        .kernels()
        .adam(
            range.from(),
            range.to(),
            parameters,
            g,
            update.scale(),
            state,
            new AdamFactors(
                (float) (1 - beta1),
                (float) beta2,
                (float) (1 - beta2),
                hat ? 1 : (float) root,
                (float) (hat ? rate * root : rate),
                (float) epsilon));
  }

  private static void decay(float[] parameters, Range range, float kept) {
    for (int i = range.from(); i < range.to(); i++) {
      parameters[i] *= kept;
    }
  }
}
