package io.unroll.dataprep.dataset;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files as {@code faulty:///PATH}; opening one may fail in any way. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "faulty";

  /** What opening a file meets. */
  interface Fault {
    void meet(Path file) throws IOException;
  }

  private static volatile Fault fault = file -> {};

  /** From now on. */
  static void meets(Fault next) {
    fault = next;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    fault.meet(file);
    return super.open(file, buffer);
  }
}
