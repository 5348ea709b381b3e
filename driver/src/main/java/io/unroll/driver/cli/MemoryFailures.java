package io.unroll.driver.cli;

import io.unroll.driver.memory.NotEnoughMemoryException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What does not fit into memory, here or in an executor. */
final class MemoryFailures {
  /** Spark's words for results that the driver may not collect. */
  private static final String TOO_LARGE = "is bigger than spark.driver.maxResultSize";

  /** Spark's words for a heap below its minimum of 450 MiB. */
  private static final String TOO_SMALL = "System memory ";

  /** How masters tell of an executor that Spark, or the cluster, ended for want of memory. */
  private static final Pattern EXECUTOR_OUT_OF_MEMORY =
      Pattern.compile("(?:code|status:?) 52\\b|JVM OOM|OutOfMemory|memory limit");

  private static final String ADVICE =
      "Give more, such as UNROLL_MEMORY=8g, or spark.driver.memory and spark.executor.memory on a cluster; or make training.batch or the model smaller";

  private MemoryFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    if (failure instanceof NotEnoughMemoryException) {
      return Optional.of(Explanation.ofEnvironment(failure.getMessage()));
    }
    if (failure instanceof OutOfMemoryError) {
      return Optional.of(
          Explanation.ofEnvironment(
              "Cannot go on: out of memory (%s). %s".formatted(failure.getMessage(), ADVICE)));
    }
    return String.valueOf(failure.getMessage()).contains(TOO_LARGE)
        ? Optional.of(Explanation.ofEnvironment(resultsTooLarge(failure.getMessage())))
        : Optional.empty();
  }

  private static String resultsTooLarge(String message) {
    return "Cannot go on: spark.driver.maxResultSize is too small. %s. Set more, such as spark.driver.maxResultSize=4g, or 0 for no limit"
        .formatted(SparkWords.of(message));
  }

  /** Advice after Spark's words on executors that it lost; nothing unless it was for memory. */
  static Optional<String> adviceAfter(String loss) {
    return EXECUTOR_OUT_OF_MEMORY.matcher(loss).find()
        ? Optional.of("Executors ran out of memory. " + ADVICE + ".")
        : Optional.empty();
  }

  /** Why Spark does not start, if it is for want of memory. */
  static Optional<String> tooSmallForSpark(String message) {
    return message.contains(TOO_SMALL)
        ? Optional.of(
            "the heap of "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB is too small (expected at least 450 MiB; give more, such as"
                + " UNROLL_MEMORY=1g)")
        : Optional.empty();
  }
}
