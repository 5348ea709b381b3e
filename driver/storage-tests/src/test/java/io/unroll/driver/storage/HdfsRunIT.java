package io.unroll.driver.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** Runs on HDFS. */
class HdfsRunIT extends RunOnStoreContract {
  /** Refuses to rename. */
  public static final class WithoutRename extends DistributedFileSystem {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      throw new IOException("Renaming is refused: %s to %s".formatted(from, to));
    }

    @Override
    @SuppressWarnings("deprecation") // that is how it is overridden
    public void rename(
        org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to, Options.Rename... options)
        throws IOException {
      throw new IOException("Renaming is refused: %s to %s".formatted(from, to));
    }
  }

  @Override
  StoreServer server(Path folder) {
    return new HdfsServer(folder);
  }

  @Override
  Map<String, String> withoutRename() {
    return Map.of("fs.hdfs.impl", WithoutRename.class.getName());
  }
}
