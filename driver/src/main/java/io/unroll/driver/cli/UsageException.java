package io.unroll.driver.cli;

/** The command line asks for something that cannot be. The message is complete for the user. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
