package io.unroll.worker.train;

/**
 * η · factor^⌊step / every⌋, counted from the first step of the run.
 *
 * @param rate η > 0
 * @param warmUpSteps steps of linear warm-up
 * @param factor in (0, 1]
 * @param every steps between two decays, at least 1
 */
public record StepDecay(double rate, long warmUpSteps, double factor, long every)
    implements LearningRate {
  public StepDecay {
    LearningRateChecks.rate(rate);
    LearningRateChecks.warmUp(warmUpSteps);
    LearningRateChecks.factor(factor);
    if (every < 1) {
      throw new IllegalArgumentException(
          "Invalid steps between two decays: " + every + " (expected at least 1)");
    }
  }

  @Override
  public double afterWarmUp(long step, long totalSteps) {
    long decays = Math.min(step, totalSteps - 1) / every;
    return rate * StrictMath.pow(factor, (double) decays);
  }
}
