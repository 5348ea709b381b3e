package io.unroll.driver.cli;

import io.unroll.dataprep.place.ChecksumFile;
import io.unroll.dataprep.place.Place;
import io.unroll.dataprep.place.PlaceFiles;
import io.unroll.driver.config.ConfigurationLoader;
import io.unroll.driver.run.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.Path;

/** The file that {@code --config} names. May be a pipe, such as {@code <(...)} of a shell. */
final class ConfigurationFile {
  /** Opening a pipe that nobody writes to, and reading one that nobody closes, would never end. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ConfigurationFile() {}

  /**
   * The text. Paths without a scheme are local, whatever the cluster's default file system.
   *
   * @throws UsageException if it cannot be read
   */
  static String read(String file) {
    return read(file, LIMIT);
  }

  static String read(String file, Duration limit) {
    try {
      byte[] bytes =
          Deadline.in(limit).run(() -> Place.hasScheme(file) ? readUri(file) : readLocal(file));
      return decode(file, ByteBuffer.wrap(bytes));
    } catch (java.io.FileNotFoundException | java.nio.file.NoSuchFileException e) {
      throw new UsageException("Cannot read --config %s: no such file".formatted(file), e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new UsageException("Cannot read --config %s: permission denied".formatted(file), e);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new UsageException(
          "Cannot read --config %s: %s".formatted(file, reason(file, e, limit)), e);
    }
  }

  private static String reason(String file, Exception failure, Duration limit) {
    if (failure.getCause() instanceof TimeoutException) {
      return String.format(
          Locale.ROOT,
          "it did not end within %d seconds (expected a file, or a pipe that somebody writes to and closes)",
          limit.toSeconds());
    }
    return ChecksumFile.explain(Place.of(file), failure).orElse(failure.getMessage());
  }

  private static String decode(String file, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) { // the buffer stands at what is malformed
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "Cannot read --config %s: not UTF-8 at byte offset %d",
              file,
              bytes.position()),
          e);
    }
  }

  private static byte[] readLocal(String file) throws IOException {
    try (var in = java.nio.file.Files.newInputStream(java.nio.file.Path.of(file))) {
      return start(in);
    }
  }

  private static byte[] readUri(String uri) throws IOException {
    Path path = Place.of(uri);
    try (var in = PlaceFiles.of(path, SparkSessions.hadoop()).open(path)) {
      return start(in);
    }
  }

  /** All of it, unless it is absurdly long. */
  private static byte[] start(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(ConfigurationLoader.LARGEST_FILE + 1);
    if (bytes.length > ConfigurationLoader.LARGEST_FILE) {
      throw new IOException(
          String.format(
              Locale.ROOT, "it has more than %,d bytes", ConfigurationLoader.LARGEST_FILE));
    }
    return bytes;
  }
}
