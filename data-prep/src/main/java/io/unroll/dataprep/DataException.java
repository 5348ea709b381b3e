package io.unroll.dataprep;

/**
 * Data that cannot be used: missing, empty, malformed, damaged, of another version, or too short.
 * The message is complete for the user: what cannot be done, where (file and position), and the
 * remedy where there is one.
 */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
