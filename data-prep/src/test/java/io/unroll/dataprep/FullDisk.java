package io.unroll.dataprep;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system under the scheme {@code full}, on which files whose name contains a word
 * cannot take more than a few bytes.
 */
public final class FullDisk extends RawLocalFileSystem {
  /** The setting that holds the word. */
  public static final String WORD = "test.full.word";

  private static final int FREE_BYTES = 8;

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(
        file,
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(
        file, super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  private FSDataOutputStream limited(Path file, FSDataOutputStream out) throws IOException {
    Configuration settings = getConf();
    boolean full = file.getName().contains(settings.get(WORD, "/"));
    return full ? new FSDataOutputStream(new Limited(out), null) : out;
  }

  private static final class Limited extends FilterOutputStream {
    private int written;

    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      if (written == FREE_BYTES) {
        throw new IOException("No space left on device");
      }
      written++;
      super.write(octet);
    }
  }
}
