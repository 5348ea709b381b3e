package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.UnreachableInputException;
import io.unroll.dataprep.place.ChecksumFile;
import io.unroll.dataprep.place.Damage;
import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.place.PlaceFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * An input file.
 *
 * @param uri a Hadoop URI with scheme
 * @param bytes its size as it lies there
 * @param packing how it is unpacked when it is read
 */
public record SourceFile(String uri, long bytes, Packing packing) implements Serializable {

  /** Whether it is packed, so that it cannot be read in parts. */
  public boolean compressed() {
    return packing != Packing.NONE;
  }

  /** The bytes as they lie there, from an offset on. */
  public InputStream openRaw(Configuration hadoop, long offset) throws IOException {
    Path path = path();
    var in = PlaceFiles.of(path, hadoop).open(path);
    try {
      in.seek(offset);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * The content, unpacked.
   *
   * @param offset where to begin; 0 if compressed
   */
  public InputStream open(Configuration hadoop, long offset) throws IOException {
    InputStream raw = openRaw(hadoop, offset);
    try {
      return packing.unpack(raw, path(), hadoop);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * The error of a file that cannot be read: {@link DataException} if its content is at fault, or
   * it is not there; {@link UnreachableInputException} if what should bring it is.
   */
  public RuntimeException unreadable(IOException cause) {
    Optional<String> changed = ChecksumFile.explain(path(), cause);
    String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    String message = "Cannot read %s: %s".formatted(uri, changed.orElse(reason.strip()));
    return Damage.isIn(cause) || cause instanceof FileNotFoundException
        ? new DataException(message, cause)
        : new UnreachableInputException(message, cause);
  }

  Path path() {
    return Place.of(uri);
  }
}
