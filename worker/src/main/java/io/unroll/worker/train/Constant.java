package io.unroll.worker.train;

/**
 * The same rate from the end of the warm-up on.
 *
 * @param rate η > 0
 * @param warmUpSteps steps of linear warm-up
 */
public record Constant(double rate, long warmUpSteps) implements LearningRate {
  public Constant {
    LearningRateChecks.rate(rate);
    LearningRateChecks.warmUp(warmUpSteps);
  }

  @Override
  public double afterWarmUp(long step, long totalSteps) {
    return rate;
  }
}
