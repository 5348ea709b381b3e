package io.unroll.driver.run;

import io.unroll.driver.run.Storage.Content;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Files that are written from beginning to end: created, written, forced to the device where the
 * stream offers it, closed; and deleted where one of these failed.
 */
final class WholeFile {
  private static final int BUFFER = 1 << 16;
  private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(10);

  private WholeFile() {}

  /** Writes a file in place of the one that may be there. */
  static void write(FileSystem files, Path file, Content content) throws IOException {
    FSDataOutputStream created = files.create(file, true, BUFFER);
    fill(files, file, created, content);
  }

  /**
   * Creates a file that must not be there yet, as far as the file system can tell.
   *
   * @return false if it is there already
   */
  static boolean createNew(FileSystem files, Path file, byte[] content) throws IOException {
    FSDataOutputStream created;
    try {
      created = files.create(file, false);
    } catch (FileAlreadyExistsException there) {
      return false;
    } catch (IOException refused) {
      if (isBeingCreated(refused) || files.exists(file)) {
        return false;
      }
      throw refused;
    }
    fill(files, file, created, out -> out.write(content));
    return true;
  }

  /**
   * HDFS says so of a file that another client has not closed yet, and which may be gone by now.
   */
  private static boolean isBeingCreated(IOException refused) {
    return refused instanceof RemoteException remote
        && remote.getClassName().endsWith(".AlreadyBeingCreatedException");
  }

  private static void fill(FileSystem files, Path file, FSDataOutputStream created, Content content)
      throws IOException {
    try (FSDataOutputStream out = created) {
      content.writeTo(out);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (IOException | RuntimeException | FSError failure) {
      deleteQuietly(files, file, failure);
      throw failure;
    }
  }

  /**
   * Deletes after a failure, to which its own is added; a file system that does not answer costs
   * ten seconds.
   *
   * @return false if that failed too
   */
  static boolean deleteQuietly(FileSystem files, Path path, Throwable failure) {
    try {
      Deadline.in(CLEAN_UP_LIMIT).run(() -> files.delete(path, true));
      return true;
    } catch (IOException | FSError alsoFailed) {
      failure.addSuppressed(alsoFailed);
      return false;
    }
  }
}
