package io.unroll.driver.dl4j;

/** A data set that cannot be trained on. The message is complete for the user. */
public final class InvalidDataSetException extends IllegalArgumentException {
  InvalidDataSetException(String message) {
    super(message);
  }
}
