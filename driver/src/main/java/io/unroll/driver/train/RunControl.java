package io.unroll.driver.train;

import io.unroll.dataprep.DataException;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.round.DivergedException;

/** Whoever started a training run: stops it, and learns of its end. */
public interface RunControl {
  /**
   * How a failure is told.
   *
   * @param message one line for people
   */
  record Failure(TrainingOutcome outcome, String message) {}

  /** Whether to stop with a checkpoint; asked after each round. */
  boolean stopAsked();

  /** What a failure means. */
  default Failure explain(Exception failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (failure instanceof DivergedException) {
      return new Failure(TrainingOutcome.DIVERGED, message);
    }
    if (failure instanceof DataException) {
      return new Failure(TrainingOutcome.BAD_DATA, message);
    }
    return failure instanceof ConfigurationException
        ? new Failure(TrainingOutcome.MISCONFIGURED, message)
        : new Failure(TrainingOutcome.FAILED, message);
  }

  /** Is told what this start came to, also if it failed, unless it could not use the directory. */
  default void ended(TrainingResult result) {}
}
