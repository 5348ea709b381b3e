package io.unroll.driver.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/** What Spark says when a file that was whole at the start is gone or damaged later. */
final class DatasetFailures {
  /** Spark's words for a file that was there when a table was opened. */
  private static final String GONE = "underlying files have been updated";

  private static final String UNREADABLE = "Encountered error while reading file ";

  private DatasetFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String first = message.lines().findFirst().orElse("");
    if (failure instanceof FileNotFoundException && message.contains(GONE)) {
      return unreadable(first);
    }
    Throwable reason = Failures.innermost(failure);
    boolean damaged = first.startsWith(UNREADABLE) && !(reason instanceof IOException);
    return damaged ? unreadable(first + " " + reason.getMessage()) : Optional.empty();
  }

  private static Optional<Explanation> unreadable(String why) {
    return Optional.of(
        Explanation.ofData("Cannot read the dataset: %s. Restore it".formatted(why)));
  }
}
