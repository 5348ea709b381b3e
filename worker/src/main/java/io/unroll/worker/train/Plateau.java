package io.unroll.worker.train;

import java.util.Locale;

/**
 * η · factor^r, where r counts the reductions so far: one whenever {@code patience} + 1 validations
 * in a row were no better than the best before them, as PyTorch's {@code ReduceLROnPlateau} counts.
 *
 * @param rate η > 0
 * @param warmUpSteps steps of linear warm-up
 * @param factor in (0, 1]
 * @param patience validations without improvement that are let pass, at least 0
 */
public record Plateau(double rate, long warmUpSteps, double factor, int patience)
    implements LearningRate {
  public Plateau {
    LearningRateChecks.rate(rate);
    LearningRateChecks.warmUp(warmUpSteps);
    LearningRateChecks.factor(factor);
    if (patience < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid optimizer.plateau-patience: %d (expected at least 0)",
              patience));
    }
  }

  @Override
  public double afterWarmUp(long step, long totalSteps) {
    return rate;
  }

  @Override
  public boolean reducesAfter(int validationsWithoutImprovement) {
    return validationsWithoutImprovement > 0 && validationsWithoutImprovement % (patience + 1) == 0;
  }

  @Override
  public double reduced(int reductions) {
    return StrictMath.pow(factor, reductions);
  }
}
