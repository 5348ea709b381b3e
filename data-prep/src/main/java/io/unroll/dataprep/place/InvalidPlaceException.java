package io.unroll.dataprep.place;

/**
 * A user named a place that cannot be used whatever is there: a name that no file can have, or a
 * pipe where a file is needed. The message is complete; exit code 2.
 */
public final class InvalidPlaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidPlaceException(String message) {
    super(message);
  }
}
