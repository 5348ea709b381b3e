package io.unroll.driver.cli;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Credentials;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.run.StorageException;
import io.unroll.driver.train.DivergedException;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.math.UnusableKernelsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;

/**
 * Tells the user's mistakes, the environment's and ours apart: one clear message for the first two,
 * a stack trace for ours only.
 */
final class Failures {
  /**
   * What Spark says when it lost executors, or their outputs, too often, got none, or lost all of
   * itself.
   */
  private static final List<String> LOSSES =
      List.of(
          "ExecutorLostFailure",
          "FetchFailed",
          "Master removed our application",
          "All masters are unresponsive",
          "SparkContext was shut down",
          "stopped SparkContext",
          "LiveListenerBus is stopped",
          StallLimit.REASON);

  /** Spark's words for a file that was there when a table was opened. */
  private static final String GONE = "underlying files have been updated";

  private static final String UNREADABLE = "Encountered error while reading file ";

  private Failures() {}

  /** Prints what went wrong and returns the exit code for it. */
  static ExitCode report(Throwable failure, PrintWriter err) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> dataset = datasetGone(cause);
      if (dataset.isPresent()) {
        err.println(dataset.get());
        return ExitCode.BAD_DATA;
      }
      ExitCode known = known(cause);
      if (known != null) {
        err.println(Credentials.hiddenIn(message(cause)));
        return known;
      }
    }
    Optional<String> lost = lostCluster(failure);
    if (lost.isPresent()) {
      err.printf(
          "Cannot go on: Spark gave up. %s%nSee the logs of its executors. A run goes on from its last checkpoint with the same command%n",
          lost.get());
      return ExitCode.FAILURE;
    }
    err.println("Unroll failed, and this is a fault of Unroll itself. Please report it with this:");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    err.print(Credentials.hiddenIn(trace.toString()));
    return ExitCode.FAILURE;
  }

  /** The exit code of what users and environments cause; null for all else. */
  private static ExitCode known(Throwable failure) {
    if (failure instanceof UsageException
        || failure instanceof ConfigurationException
        || failure instanceof UnusableKernelsException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof DataException || failure instanceof FormatException) {
      return ExitCode.BAD_DATA;
    }
    if (failure instanceof DivergedException) {
      return ExitCode.DIVERGED;
    }
    boolean environment =
        failure instanceof StorageException
            || failure instanceof SparkStartException
            || failure instanceof IOException
            || (failure instanceof UncheckedIOException && speaks(failure))
            || failure instanceof FSError
            || failure instanceof OutOfMemoryError;
    return environment ? ExitCode.FAILURE : null;
  }

  /** What Spark says when a file that was whole at the start is gone or damaged later. */
  private static Optional<String> datasetGone(Throwable failure) {
    String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (failure instanceof FileNotFoundException && failure.getMessage().contains(GONE)) {
      return Optional.of("Cannot read the dataset: %s. Restore it".formatted(first));
    }
    boolean damaged = first.startsWith(UNREADABLE) && !(innermost(failure) instanceof IOException);
    return damaged
        ? Optional.of(
            "Cannot read the dataset: %s %s. Restore it"
                .formatted(first, innermost(failure).getMessage()))
        : Optional.empty();
  }

  /** What Spark says of executors that were lost, in jobs that have no cause in a task. */
  private static Optional<String> lostCluster(Throwable failure) {
    String message = String.valueOf(innermost(failure).getMessage());
    return LOSSES.stream().anyMatch(message::contains)
        ? message.lines().findFirst()
        : Optional.empty();
  }

  /** Whether there is a message of its own, not the one that is made of the cause. */
  private static boolean speaks(Throwable failure) {
    return !failure.getMessage().equals(String.valueOf(failure.getCause()));
  }

  private static String message(Throwable failure) {
    if (failure instanceof ConfigurationException configuration) {
      return problems(configuration.problems());
    }
    if (failure instanceof OutOfMemoryError) {
      return "Cannot go on: out of memory (%s). Give more, such as UNROLL_MEMORY=8g, or spark.driver.memory and spark.executor.memory on a cluster; or make training.batch or the model smaller"
          .formatted(failure.getMessage());
    }
    if (failure instanceof FormatException || failure instanceof RuntimeException) {
      return failure.getMessage();
    }
    return "Cannot go on: " + whatTheSystemSaid(innermost(failure));
  }

  private static String problems(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : "%d problems in the configuration:%n  %s"
            .formatted(problems.size(), String.join("%n  ".formatted(), problems));
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String whatTheSystemSaid(Throwable failure) {
    String message = failure.getMessage();
    boolean speaks = message != null && message.contains(" ");
    return speaks ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}
