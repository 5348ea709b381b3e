package io.unroll.worker.train;

/**
 * From η down to f·η along half a cosine: η (f + (1-f)(1 + cos πx)/2), where x goes from 0 at the
 * end of the warm-up to 1 at the end of the run (Loshchilov and Hutter 2017, equation 5, one
 * period).
 *
 * @param rate η > 0
 * @param warmUpSteps steps of linear warm-up
 * @param finalFraction f in [0, 1]
 */
public record Cosine(double rate, long warmUpSteps, double finalFraction) implements LearningRate {
  public Cosine {
    LearningRateChecks.rate(rate);
    LearningRateChecks.warmUp(warmUpSteps);
    if (!(finalFraction >= 0 && finalFraction <= 1)) {
      throw new IllegalArgumentException(
          "Invalid optimizer.final-fraction: " + finalFraction + " (expected 0 to 1)");
    }
  }

  @Override
  public double afterWarmUp(long step, long totalSteps) {
    long steps = Math.max(1, totalSteps - warmUpSteps);
    double x = Math.min(1, (double) (step - warmUpSteps) / steps);
    return rate * (finalFraction + (1 - finalFraction) * 0.5 * (1 + StrictMath.cos(Math.PI * x)));
  }
}
