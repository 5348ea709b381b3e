package io.unroll.driver.train;

import java.util.Locale;

/** How a training run ended. */
public enum TrainingOutcome {
  /** All epochs or rounds are done, or patience ended it. */
  DONE,
  /** There was nothing left to do. */
  ALREADY_DONE,
  /** It was asked to stop, and did so with a checkpoint. */
  INTERRUPTED;

  /** As results name it: in lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
