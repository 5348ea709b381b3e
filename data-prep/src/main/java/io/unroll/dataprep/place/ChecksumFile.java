package io.unroll.dataprep.place;

import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;

/**
 * The hidden file {@code .NAME.crc} beside a local file that Hadoop wrote. Hadoop compares the two
 * whenever the file is read, and knows nothing of editors.
 */
public final class ChecksumFile {
  private ChecksumFile() {}

  /**
   * What happened and which file to delete, if a file could not be read because it is not what its
   * checksum file says.
   */
  public static Optional<String> explain(Path file, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChecksumException) {
        String checksums =
            "%s/.%s.crc".formatted(file.getParent().toUri().getPath(), file.getName());
        return Optional.of(
            "it is not what Hadoop's checksum file beside it says: it was changed after that was written, or is damaged (if the change is wanted, delete %s; if not, restore the file)"
                .formatted(checksums));
      }
    }
    return Optional.empty();
  }
}
