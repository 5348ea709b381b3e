package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The JSON files of a dataset, which may come from anywhere. */
final class DatasetJson {
  /** Vocabularies and manifests are small; what is larger is none. */
  private static final long LARGEST = 1L << 28;

  private DatasetJson() {}

  /** What a text stands for, or a {@link DataException}. */
  interface Parser<T> {
    T parse(String json);
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it is missing, damaged, or not what the parser takes
   */
  static <T> T parse(FileSystem files, Path file, Parser<T> parser) throws IOException {
    try {
      return parser.parse(text(files, file));
    } catch (FileNotFoundException e) {
      throw new DataException("Cannot read %s: it is missing".formatted(file), e);
    } catch (ChecksumException e) {
      throw new DataException(
          "Cannot read %s: it is not what Hadoop's checksum file beside it says: it was changed or damaged (restore it, or run prep again)"
              .formatted(file),
          e);
    } catch (CharacterCodingException e) {
      throw new DataException("Cannot read %s: it is not UTF-8".formatted(file), e);
    } catch (DataException e) {
      throw new DataException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String text(FileSystem files, Path file) throws IOException {
    long size = files.getFileStatus(file).getLen();
    if (size > LARGEST) {
      throw new DataException(
          String.format(Locale.ROOT, "its %,d bytes are more than %,d", size, LARGEST));
    }
    try (var in = files.open(file)) {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(in.readAllBytes())).toString();
    }
  }
}
