package io.unroll.worker.train;

import java.io.Serializable;

/**
 * Learning rate as a function of the step. All schedules begin with a linear warm-up: step s of w
 * warm-up steps has the share (s+1)/w of the schedule's first rate (Goyal et al. 2017).
 */
public sealed interface LearningRate extends Serializable
    permits Constant, StepDecay, Cosine, Plateau {
  /** Steps of linear warm-up; 0 for none. */
  long warmUpSteps();

  /** Rate after the warm-up. */
  double afterWarmUp(long step, long totalSteps);

  /** Whether so many validations in a row without improvement reduce what follows. */
  default boolean reducesAfter(int validationsWithoutImprovement) {
    return false;
  }

  /** Factor of all rates after so many reductions. */
  default double reduced(int reductions) {
    return 1;
  }

  /**
   * The rate of one step.
   *
   * @param step from 0
   * @param totalSteps steps of the whole run; beyond them the last rate holds
   * @param reductions so far, of which {@link #reducesAfter} decides
   */
  default double at(long step, long totalSteps, int reductions) {
    return at(step, totalSteps) * reduced(reductions);
  }

  /** The rate of one step before any reduction. */
  default double at(long step, long totalSteps) {
    long warmUp = warmUpSteps();
    if (step < warmUp) {
      return afterWarmUp(warmUp, totalSteps) * (step + 1) / warmUp;
    }
    return afterWarmUp(step, totalSteps);
  }
}
