package io.unroll.driver.train;

import io.unroll.worker.train.Stretch;

/**
 * Which steps each round does: pure arithmetic, so that a resumed run needs the number of completed
 * rounds only. An epoch ends for all lanes together; its last round may be shorter.
 */
final class RoundSchedule {
  private final int epochSteps;
  private final int interval;
  private final int epochs;
  private final int roundsPerEpoch;
  private final int rounds;
  private final boolean keepsOptimizerState;

  /**
   * A schedule.
   *
   * @param epochSteps steps per epoch of the longest lane, at least 1
   * @param interval steps between averages, at least 1
   * @param epochs passes over the data
   * @param maxRounds upper limit of rounds
   * @param keepsOptimizerState whether a round goes on with the optimiser state of the one before
   */
  RoundSchedule(
      int epochSteps, int interval, int epochs, int maxRounds, boolean keepsOptimizerState) {
    if (epochSteps < 1) {
      throw new IllegalArgumentException("Invalid steps per epoch: " + epochSteps);
    }
    this.epochSteps = epochSteps;
    this.interval = interval;
    this.epochs = epochs;
    this.keepsOptimizerState = keepsOptimizerState;
    this.roundsPerEpoch = (epochSteps + interval - 1) / interval;
    this.rounds = (int) Math.min(maxRounds, (long) epochs * roundsPerEpoch);
  }

  int rounds() {
    return rounds;
  }

  int roundsPerEpoch() {
    return roundsPerEpoch;
  }

  /** Steps that a lane does in the whole run, as the learning-rate schedule counts them. */
  long totalSteps() {
    return (long) epochs * epochSteps;
  }

  Round round(int number) {
    int epoch = number / roundsPerEpoch;
    int first = number % roundsPerEpoch * interval;
    int steps = Math.min(interval, epochSteps - first);
    long offset = (long) epoch * epochSteps;
    long updates = keepsOptimizerState ? offset + first : 0;
    return new Round(number, new Stretch(epoch, first, steps, offset, updates));
  }

  /** Epochs done after that many rounds, with fraction. */
  double epochsAfter(int completedRounds) {
    if (completedRounds == 0) {
      return 0;
    }
    return (double) round(completedRounds - 1).stretch().end() / epochSteps;
  }
}
