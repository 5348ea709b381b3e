package io.unroll.driver.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;

/** What file systems and networks refuse, where nothing of ours has said more. */
final class SystemFailures {
  private SystemFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    if (failure instanceof UncheckedIOException && speaks(failure)) {
      return Optional.of(Explanation.ofEnvironment(failure.getMessage()));
    }
    return failure instanceof IOException || failure instanceof FSError
        ? Optional.of(
            Explanation.ofEnvironment("Cannot go on: " + said(Failures.innermost(failure))))
        : Optional.empty();
  }

  /** Whether there is a message of its own, not the one that is made of the cause. */
  private static boolean speaks(Throwable failure) {
    return !failure.getMessage().equals(String.valueOf(failure.getCause()));
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    boolean speaks = message != null && message.contains(" ");
    return speaks ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}
