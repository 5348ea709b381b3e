package io.unroll.dataprep;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file system refuses an input, or does not answer. The message is complete for the user. */
public final class UnreachableInputException extends UncheckedIOException {
  public UnreachableInputException(String message, IOException cause) {
    super(message, cause);
  }
}
