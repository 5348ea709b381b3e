package io.unroll.driver.cli;

import io.unroll.driver.memory.NotEnoughMemoryException;
import java.util.Optional;

/** What does not fit into memory, here or in an executor. */
final class MemoryFailures {
  private MemoryFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    if (failure instanceof NotEnoughMemoryException) {
      return Optional.of(Explanation.ofEnvironment(failure.getMessage()));
    }
    return failure instanceof OutOfMemoryError
        ? Optional.of(
            Explanation.ofEnvironment(
                "Cannot go on: out of memory (%s). Give more, such as UNROLL_MEMORY=8g, or spark.driver.memory and spark.executor.memory on a cluster; or make training.batch or the model smaller"
                    .formatted(failure.getMessage())))
        : Optional.empty();
  }
}
