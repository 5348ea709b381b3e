package io.unroll.driver.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * HDFS lets one client append to a file. If that client is killed, HDFS tells the file's length
 * without what was appended last, and lets nobody else append, until it is told to close the file.
 */
final class HdfsLease {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private HdfsLease() {}

  /**
   * Has HDFS close a file, if it is there.
   *
   * @throws IOException also if that takes more than two minutes
   */
  static void recover(DistributedFileSystem hdfs, Path file) throws IOException {
    if (!hdfs.exists(file)) {
      return;
    }
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!hdfs.recoverLease(file)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "HDFS has not closed it within %d seconds; are its DataNodes up?",
                LIMIT.toSeconds()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
