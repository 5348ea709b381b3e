package io.unroll.dataprep.images;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** The file of a picture. */
record ImageFile(long id, SourceFile file) implements Serializable {
  /** Cameras write a tenth of it. */
  private static final int MOST_BYTES = 1 << 28;

  /**
   * The picture.
   *
   * @throws DataException if it is none, or is damaged
   */
  Picture read(Configuration hadoop) {
    if (file.bytes() > MOST_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: it has %,d bytes (expected a picture of at most %,d)",
              file.uri(),
              file.bytes(),
              MOST_BYTES));
    }
    byte[] content;
    try (InputStream in = file.openRaw(hadoop, 0)) {
      content = in.readAllBytes();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    try {
      return Picture.read(content);
    } catch (DataException e) {
      throw new DataException("Cannot read %s: %s".formatted(file.uri(), e.getMessage()), e);
    }
  }
}
