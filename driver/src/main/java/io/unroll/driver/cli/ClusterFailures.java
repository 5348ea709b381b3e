package io.unroll.driver.cli;

import java.util.List;
import java.util.Optional;

/** What Spark says of executors that were lost, in jobs that have no cause in a task. */
final class ClusterFailures {
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

  private ClusterFailures() {}

  /** Explains a failure that has no cause. */
  static Optional<Explanation> explain(Throwable innermost) {
    String message = String.valueOf(innermost.getMessage());
    return LOSSES.stream().anyMatch(message::contains)
        ? Optional.of(gaveUp(SparkWords.of(message)))
        : Optional.empty();
  }

  private static Explanation gaveUp(String reason) {
    return Explanation.ofEnvironment(
        "Cannot go on: Spark gave up. " + reason,
        MemoryFailures.adviceAfter(reason).orElse("See the logs of its executors.")
            + " A run goes on from its last checkpoint with the same command");
  }
}
