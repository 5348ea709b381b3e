package io.unroll.driver.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Puts a file in the place of another at one instant. On local disks and HDFS it is written beside
 * the other, forced to the device and then renamed. Object stores cannot rename, but show a file
 * only when its stream is closed, so there it is written in its place.
 */
final class FileReplacement {
  /** Files that are written beside others: hidden, and no two of them the same. */
  private static final Pattern LEFT_OVER =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.new");

  private static final int ATTEMPTS = 10;

  /** Renames a file to one that may be there. */
  @FunctionalInterface
  private interface Rename {
    void run(Path from, Path to) throws IOException;
  }

  private FileReplacement() {}

  /** Whether a name is that of a file that was written beside another. */
  static boolean isLeftOver(String name) {
    return LEFT_OVER.matcher(name).matches();
  }

  /** Writes the file; after a failure the old one is still there. */
  static void write(FileSystem files, Configuration hadoop, Path file, byte[] content)
      throws IOException {
    if ("file".equals(files.getUri().getScheme())) {
      writeBeside(files, file, content, FileReplacement::renameLocally);
    } else if (files.hasPathCapability(file, CommonPathCapabilities.FS_APPEND)) {
      writeBeside(files, file, content, (from, to) -> rename(from, to, hadoop));
    } else {
      writeInPlace(files, file, content);
    }
  }

  /**
   * Reads a file to its end, whatever its length was when it was looked for. S3 refuses what was
   * replaced between being found and being read: then it is read again.
   */
  static byte[] read(Storage storage, String path, int limit) {
    for (int attempt = 1; ; attempt++) {
      try {
        return storage.read(path, (in, length) -> upTo(limit, in));
      } catch (StorageException failure) {
        if (attempt == ATTEMPTS || !isOfReplacement(failure)) {
          throw failure;
        }
      }
    }
  }

  private static byte[] upTo(int limit, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(limit);
    if (in.read() >= 0) {
      throw new IOException(
          String.format(Locale.ROOT, "it has more than the %d bytes allowed", limit));
    }
    return bytes;
  }

  /** By the names that the two streams of S3A have for it. */
  private static boolean isOfReplacement(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.getClass().getSimpleName() + " " + cause.getMessage();
      if (text.contains("RemoteFileChangedException") || text.contains("Status Code: 412")) {
        return true;
      }
    }
    return false;
  }

  private static void writeBeside(FileSystem files, Path file, byte[] content, Rename rename)
      throws IOException {
    String name = ".%s.%s.new".formatted(file.getName(), UUID.randomUUID());
    Path beside = new Path(file.getParent(), name);
    WholeFile.write(files, beside, out -> out.write(content));
    try {
      rename.run(beside, file);
    } catch (IOException | RuntimeException | FSError failure) {
      WholeFile.deleteQuietly(files, beside, failure);
      throw failure;
    }
  }

  private static void renameLocally(Path from, Path to) throws IOException {
    Files.move(
        java.nio.file.Path.of(from.toUri().getPath()),
        java.nio.file.Path.of(to.toUri().getPath()),
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Only this client of Hadoop's replaces what is there: {@link FileSystem} would refuse. */
  private static void rename(Path from, Path to, Configuration hadoop) throws IOException {
    FileContext.getFileContext(to.toUri(), hadoop).rename(from, to, Options.Rename.OVERWRITE);
  }

  /** Does not close the stream after a failure: that would make a file of half of the content. */
  private static void writeInPlace(FileSystem files, Path file, byte[] content) throws IOException {
    FSDataOutputStream out = files.create(file, true);
    try {
      out.write(content);
    } catch (IOException | RuntimeException | FSError failure) {
      if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
        out.abort();
      }
      throw failure;
    }
    out.close();
  }
}
