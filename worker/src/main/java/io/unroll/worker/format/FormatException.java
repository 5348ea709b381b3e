package io.unroll.worker.format;

import java.io.IOException;

/** A file that is damaged, hostile, or of another version. The message is complete for the user. */
public final class FormatException extends IOException {
  /**
   * "Cannot read ⟨file⟩: ⟨why⟩".
   *
   * @param file name or URI of the file
   */
  public FormatException(String file, String why) {
    super("Cannot read " + file + ": " + why);
  }
}
