package io.unroll.driver.memory;

/**
 * Something needs more memory than there is, which was found out before it was allocated. The
 * message is complete for the user; exit code 1.
 */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotEnoughMemoryException(String message) {
    super(message);
  }
}
