package io.unroll.driver.cli;

import io.unroll.dataprep.source.Credentials;
import io.unroll.dataprep.summary.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Tells the user's mistakes, the environment's and ours apart: one clear message for the first two,
 * a stack trace for ours only.
 */
final class Failures {
  /** Asked in turn of each failure in a chain of causes, the outermost first. */
  private static final List<Function<Throwable, Optional<Explanation>>> EXPLANATIONS =
      List.of(
          ScratchFailures::explain,
          MissingFileSystems::explain,
          DatasetFailures::explain,
          CompleteFailures::explain,
          MemoryFailures::explain,
          SystemFailures::explain);

  private Failures() {}

  /** What a failure is to scripts: its exit code, and one line of {@link #report}'s. */
  static Map.Entry<ExitCode, String> inShort(Throwable failure) {
    Explanation known =
        explain(failure)
            .orElseGet(() -> Explanation.ofEnvironment("Unroll failed: " + innermost(failure)));
    return Map.entry(known.code(), Printable.line(Credentials.hiddenIn(known.lines().get(0))));
  }

  /** Prints what went wrong and returns the exit code for it. */
  static ExitCode report(Throwable failure, PrintWriter err) {
    Optional<Explanation> known = explain(failure);
    if (known.isPresent()) {
      known.get().lines().forEach(line -> err.println(Printable.line(Credentials.hiddenIn(line))));
    } else {
      err.println(
          "Unroll failed, and this is a fault of Unroll itself. Please report it with this:");
      err.print(trace(failure));
    }
    err.flush();
    return known.map(Explanation::code).orElse(ExitCode.FAILURE);
  }

  /** What users and environments cause; nothing for a fault of ours. */
  private static Optional<Explanation> explain(Throwable failure) {
    if (ShutdownHookManager.get().isShutdownInProgress()) { // which takes Spark away
      return Optional.of(
          Explanation.ofEnvironment("Cannot go on: this process has been told to end"));
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (Function<Throwable, Optional<Explanation>> explanation : EXPLANATIONS) {
        Optional<Explanation> known = explanation.apply(cause);
        if (known.isPresent()) {
          return known;
        }
      }
    }
    return ClusterFailures.explain(innermost(failure));
  }

  /** A stack trace as it may be shown. */
  static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return Printable.text(Credentials.hiddenIn(trace.toString()));
  }

  /** The cause that has no cause. */
  static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
