package io.unroll.driver.run;

import io.unroll.dataprep.DataException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/** A text file that is read whole. */
public final class TextFile {
  private static final int LARGEST = 1 << 28;

  private TextFile() {}

  /**
   * Reads it.
   *
   * @param expected what it is a file of, for messages
   * @throws DataException if it is not there, is a folder or is not UTF-8
   * @throws StorageException if the file system does not let it be read
   */
  public static String read(String uri, String expected, Configuration hadoop) {
    try (Storage file = Storage.open(uri, hadoop)) {
      Storage.Entry entry =
          file.entry("")
              .orElseThrow(
                  () -> new DataException("Cannot read %s: it does not exist".formatted(uri)));
      if (entry.directory()) {
        throw new DataException(
            "Cannot read %s: it is a folder (expected a file of %s)".formatted(uri, expected));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(file.read("", LARGEST)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          "Cannot read %s: it is not UTF-8 (expected a text file of %s)".formatted(uri, expected),
          e);
    }
  }
}
