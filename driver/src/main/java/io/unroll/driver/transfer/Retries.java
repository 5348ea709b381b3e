package io.unroll.driver.transfer;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Spark jobs anew that met damaged transfers. A task that is tried again by Spark reads the
 * same shuffle file again; only a new job has all of it computed again.
 */
public final class Retries {
  /** As often as Spark tries a task. */
  private static final int ATTEMPTS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private Retries() {}

  /**
   * What a job gives back.
   *
   * @param what it is, for a warning
   * @param job has a shuffle of its own each time, and gives the same each time
   */
  public static <T> T untilWhole(String what, Supplier<T> job) {
    for (int attempt = 1; ; attempt++) {
      try {
        return job.get();
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        Optional<DamagedTransferException> damage = damageIn(e);
        if (damage.isEmpty() || attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("Computing {} again: {}", what, damage.get().getMessage());
      }
    }
  }

  private static Optional<DamagedTransferException> damageIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DamagedTransferException damage) {
        return Optional.of(damage);
      }
    }
    return Optional.empty();
  }
}
