package io.unroll.driver.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a run has come.
 *
 * @param rounds completed rounds, over all epochs
 * @param tokens predictions trained on, over all epochs and lanes
 * @param best the best validation so far; empty before the first
 * @param validationsWithoutImprovement since the best one
 * @param trainingTime time spent so far, over all starts of the run
 */
public record Progress(
    int rounds,
    long tokens,
    Optional<Best> best,
    int validationsWithoutImprovement,
    Duration trainingTime) {
  /**
   * The best validation.
   *
   * @param loss nats per token
   * @param round rounds that were completed then
   */
  public record Best(double loss, int round) {
    public Best {
      if (!Double.isFinite(loss) || round < 0) {
        throw new IllegalArgumentException(
            "Invalid best validation: loss %s in round %d (expected finite, from 0)"
                .formatted(loss, round));
      }
    }
  }

  public Progress {
    if (rounds < 0 || tokens < 0 || validationsWithoutImprovement < 0) {
      throw new IllegalArgumentException(
          "Invalid progress: %d rounds, %d tokens, %d validations without improvement (expected from 0)"
              .formatted(rounds, tokens, validationsWithoutImprovement));
    }
    if (trainingTime.isNegative()) {
      throw new IllegalArgumentException("Invalid training time: " + trainingTime);
    }
  }

  /** A run that begins. */
  public static Progress none() {
    return new Progress(0, 0, Optional.empty(), 0, Duration.ZERO);
  }
}
