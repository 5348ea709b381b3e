package io.unroll.driver.run;

import io.unroll.dataprep.place.Damage;
import io.unroll.worker.format.FormatException;
import java.io.FileNotFoundException;

/**
 * The environment refused: a file system that cannot be reached, no permission, no space left, a
 * damaged checkpoint, a directory in use. The message is complete for the user, who needs no stack
 * trace; exit code 1.
 */
public final class StorageException extends RuntimeException {
  StorageException(String message) {
    super(message);
  }

  StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether what is stored is at fault: it is not there, damaged, or of another format. */
  public boolean isOfContent() {
    Throwable cause = getCause();
    return cause == null
        || cause instanceof FormatException
        || cause instanceof FileNotFoundException
        || (cause instanceof IllegalArgumentException && cause.getCause() == null) // of a URI
        || Damage.isIn(cause);
  }

  /** "Cannot {action} {file}: {why}", why taken from the cause. */
  static StorageException cannot(String action, Object file, Throwable cause) {
    return new StorageException(
        "Cannot %s %s: %s".formatted(action, file, FailureReason.of(cause)), cause);
  }
}
