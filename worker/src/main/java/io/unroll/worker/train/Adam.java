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
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε > 0, outside the root
 * @param form what ε is added to
 */
public record Adam(double beta1, double beta2, double epsilon, Epsilon form) implements Optimizer {
  /** What ε is added to. */
  public enum Epsilon {
    /** The root of the second moment after its bias is corrected. */
    CORRECTED,
    /** The root of the second moment as it is. */
    HAT
  }

  /** The usual form. */
  public Adam(double beta1, double beta2, double epsilon) {
    this(beta1, beta2, epsilon, Epsilon.CORRECTED);
  }

  public Adam {
    OptimizerChecks.fraction("beta1", beta1);
    OptimizerChecks.fraction("beta2", beta2);
    OptimizerChecks.positive("epsilon", epsilon);
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
}
