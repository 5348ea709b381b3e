package io.unroll.driver.round;

/**
 * Loss or gradient is no longer finite. The message names the step and the last good checkpoint,
 * and is complete for the user; exit code 4.
 */
public final class DivergedException extends RuntimeException {
  public DivergedException(String message) {
    super(message);
  }
}
