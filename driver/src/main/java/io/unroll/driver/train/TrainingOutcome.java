package io.unroll.driver.train;

import java.util.Locale;

/** How a start of a training run ended. */
public enum TrainingOutcome {
  /** All epochs or rounds are done, or a limit such as patience ended it. */
  DONE(0),
  /** There was nothing left to do. */
  ALREADY_DONE(0),
  /** It was asked to stop, and did so with a checkpoint; the same command goes on. */
  INTERRUPTED(75),
  /** The loss was no longer a finite number, or exploded. */
  DIVERGED(4),
  /** The dataset, or a model, cannot be used. */
  BAD_DATA(3),
  /** The settings cannot be used, with this dataset or this run. */
  MISCONFIGURED(2),
  /** The environment refused, or a fault of Unroll. */
  FAILED(1);

  private final int exitCode;

  TrainingOutcome(int exitCode) {
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }

  /** As results name it: in lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
