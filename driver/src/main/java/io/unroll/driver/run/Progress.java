package io.unroll.driver.run;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a run has come.
 *
 * @param rounds completed rounds, over all epochs
 * @param steps that the longest lane has behind it, over all epochs
 * @param tokens predictions trained on, over all epochs and lanes
 * @param interval steps of a round, as settled by measuring; empty before that, or if it was given
 * @param best the best validation so far; empty before the first
 * @param validationsWithoutImprovement since the best one
 * @param reductions of the learning rate, because validations were no better
 * @param trainingTime time spent so far, over all starts of the run
 */
public record Progress(
    int rounds,
    long steps,
    long tokens,
    OptionalInt interval,
    Optional<Best> best,
    int validationsWithoutImprovement,
    int reductions,
    Duration trainingTime) {
  /**
   * The best validation.
   *
   * @param round rounds that were completed then
   */
  public record Best(Score score, int round) {
    /** Nats per prediction. */
    public double loss() {
      return score.loss();
    }

    public Best {
      if (!Double.isFinite(score.loss()) || round < 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Invalid best validation: loss %s in round %d (expected finite, from 0)",
                score.loss(),
                round));
      }
    }
  }

  public Progress {
    if (rounds < 0
        || steps < 0
        || tokens < 0
        || validationsWithoutImprovement < 0
        || reductions < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid progress: %d rounds, %d steps, %d tokens, %d validations without improvement, %d reductions (expected from 0)",
              rounds,
              steps,
              tokens,
              validationsWithoutImprovement,
              reductions));
    }
    if (interval.isPresent() && interval.getAsInt() < 1) {
      throw new IllegalArgumentException("Invalid interval: " + interval.getAsInt());
    }
    if (trainingTime.isNegative()) {
      throw new IllegalArgumentException("Invalid training time: " + trainingTime);
    }
  }

  /** A run that begins. */
  public static Progress none() {
    return new Progress(0, 0, 0, OptionalInt.empty(), Optional.empty(), 0, 0, Duration.ZERO);
  }

  /**
   * After one more round.
   *
   * @param stepsNow that the longest lane has behind it now
   * @param tokensMore predictions of the round
   * @param taken time of the round
   */
  public Progress afterRound(long stepsNow, long tokensMore, Duration taken) {
    return new Progress(
        rounds + 1,
        stepsNow,
        tokens + tokensMore,
        interval,
        best,
        validationsWithoutImprovement,
        reductions,
        trainingTime.plus(taken));
  }

  /** Whether a score is better than all before. */
  public boolean isBest(Score score) {
    return best.map(earlier -> score.beats(earlier.score())).orElse(true);
  }

  /** After a validation of the current round. */
  public Progress judged(Score score) {
    boolean isBest = isBest(score);
    return new Progress(
        rounds,
        steps,
        tokens,
        interval,
        isBest ? Optional.of(new Best(score, rounds)) : best,
        isBest ? 0 : validationsWithoutImprovement + 1,
        reductions,
        trainingTime);
  }

  /** With a learning rate that is reduced once more. */
  public Progress reduced() {
    return new Progress(
        rounds,
        steps,
        tokens,
        interval,
        best,
        validationsWithoutImprovement,
        reductions + 1,
        trainingTime);
  }

  /** With the interval that was settled. */
  public Progress settled(int steps) {
    return new Progress(
        rounds,
        this.steps,
        tokens,
        OptionalInt.of(steps),
        best,
        validationsWithoutImprovement,
        reductions,
        trainingTime);
  }
}
