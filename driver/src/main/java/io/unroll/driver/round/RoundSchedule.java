package io.unroll.driver.round;

import io.unroll.driver.run.Progress;
import io.unroll.worker.train.Stretch;

/**
 * Which steps each round does: pure arithmetic on the progress of a run. An epoch ends for all
 * lanes together; its last round may be shorter.
 */
public final class RoundSchedule {
  private final int epochSteps;
  private final int epochs;
  private final int maxRounds;
  private final RoundLength length;
  private final boolean keepsOptimizerState;

  /**
   * A schedule.
   *
   * @param epochSteps steps per epoch of the longest lane, at least 1
   * @param epochs passes over the data
   * @param maxRounds upper limit of rounds
   * @param length steps between averages
   * @param keepsOptimizerState whether a round goes on with the optimiser state of the one before
   */
  public RoundSchedule(
      int epochSteps, int epochs, int maxRounds, RoundLength length, boolean keepsOptimizerState) {
    if (epochSteps < 1) {
      throw new IllegalArgumentException("Invalid steps per epoch: " + epochSteps);
    }
    this.epochSteps = epochSteps;
    this.epochs = epochs;
    this.maxRounds = maxRounds;
    this.length = length;
    this.keepsOptimizerState = keepsOptimizerState;
  }

  /** Steps that a lane does in the whole run, as the learning-rate schedule counts them. */
  public long totalSteps() {
    return (long) epochs * epochSteps;
  }

  /** Steps of the whole run, if the rounds that follow stay as long as they are now. */
  public long steps(Progress progress) {
    long steps = progress.steps();
    for (int round = progress.rounds(); round < maxRounds && steps < totalSteps(); round++) {
      int wanted = round < length.warmUp() ? 1 : length.usual(progress);
      steps += Math.min(wanted, epochSteps - steps % epochSteps);
    }
    return steps;
  }

  /** The round that follows. */
  public Round next(Progress progress) {
    int epoch = (int) (progress.steps() / epochSteps);
    int first = (int) (progress.steps() % epochSteps);
    int steps = Math.min(length.of(progress), epochSteps - first);
    long updates = keepsOptimizerState ? progress.steps() : 0;
    return new Round(
        progress.rounds(),
        new Stretch(epoch, first, steps, progress.steps() - first, updates, progress.reductions()),
        length.warmingUp(progress));
  }

  /** Whether the next round is to be measured, to settle the interval. */
  public boolean measures(Progress progress) {
    return length.measuring(progress);
  }

  /** Whether no round is left. */
  public boolean finished(Progress progress) {
    return progress.steps() >= totalSteps() || progress.rounds() >= maxRounds;
  }

  /** Whether an epoch has just ended. */
  public boolean endsEpoch(Progress progress) {
    return progress.steps() > 0 && progress.steps() % epochSteps == 0;
  }

  /** Rounds of the whole run, if those that follow stay as long as they are now. */
  public int rounds(Progress progress) {
    long left = totalSteps() - progress.steps();
    long warmUp = Math.min(length.warmUpLeft(progress), left);
    long begin = progress.steps() + warmUp;
    int usual = length.usual(progress);
    long rounds =
        progress.rounds() + warmUp + roundsUntil(totalSteps(), usual) - roundsUntil(begin, usual);
    return (int) Math.min(maxRounds, rounds);
  }

  /** Rounds of that length from the beginning to a step, which begins a round. */
  private long roundsUntil(long step, int length) {
    long perEpoch = ((long) epochSteps + length - 1) / length;
    long rest = step % epochSteps;
    // What is left of an epoch is dealt in full rounds, and a shorter one for what remains.
    return rest == 0
        ? step / epochSteps * perEpoch
        : (step / epochSteps + 1) * perEpoch - (epochSteps - rest + length - 1) / length;
  }

  /** Epochs done, with fraction. */
  public double epochs(Progress progress) {
    return (double) progress.steps() / epochSteps;
  }
}
