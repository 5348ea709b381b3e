package io.unroll.dataprep;

/**
 * The place where something is to be written is taken, and what is there must not be replaced: a
 * mistake in how the program was called, not in any data. The message is complete for the user.
 */
public class OutputExistsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutputExistsException(String message) {
    super(message);
  }
}
