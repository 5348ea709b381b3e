package io.unroll.driver.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSError;

/**
 * The content of a file that is on another file system. Each of the two file systems is blamed for
 * its own failures only.
 */
record CopiedFile(Storage source, String path) implements Storage.Content {
  private static final int BUFFER = 1 << 16;

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try {
      source.read(
          path,
          (in, length) -> {
            transfer(in, out);
            return null;
          });
    } catch (UncheckedIOException ofTarget) {
      throw ofTarget.getCause();
    }
  }

  private static void transfer(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      write(out, buffer, count);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int count) {
    try {
      out.write(buffer, 0, count);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (FSError failure) { // as Hadoop reports the faults of a local disk
      throw new UncheckedIOException(new IOException(failure));
    }
  }
}
