package io.unroll.driver.cli;

import io.unroll.driver.train.TrainingOutcome;

/** What the process says to the script that started it; also listed in README.md. */
public enum ExitCode {
  /** Done, or already done. */
  DONE(TrainingOutcome.DONE),
  /** The environment refused, or a fault of Unroll. */
  FAILURE(TrainingOutcome.FAILED),
  /** Wrong usage or configuration. */
  USAGE(TrainingOutcome.MISCONFIGURED),
  /** Data, or a model, that cannot be used. */
  BAD_DATA(TrainingOutcome.BAD_DATA),
  /** The loss was no longer a finite number. */
  DIVERGED(TrainingOutcome.DIVERGED),
  /** The champion of the registry was kept: the new model is not better by as much as asked. */
  KEPT(10, TrainingOutcome.FAILED),
  /** Interrupted; the same command goes on (EX_TEMPFAIL of sysexits.h: try again later). */
  INTERRUPTED(TrainingOutcome.INTERRUPTED),
  /** Nobody reads standard output any more; as shells have it, 128 + SIGPIPE. */
  READER_GONE(128 + 13, TrainingOutcome.FAILED);

  private final int code;
  private final TrainingOutcome outcome;

  ExitCode(TrainingOutcome outcome) {
    this(outcome.exitCode(), outcome);
  }

  ExitCode(int code, TrainingOutcome outcome) {
    this.code = code;
    this.outcome = outcome;
  }

  /** What it says of a training run. */
  TrainingOutcome outcome() {
    return outcome;
  }

  public int code() {
    return code;
  }
}
