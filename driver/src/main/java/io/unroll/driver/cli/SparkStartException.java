package io.unroll.driver.cli;

/** Spark could not be started. The message is complete for the user. */
final class SparkStartException extends RuntimeException {
  SparkStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
