package io.unroll.driver.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * The local disk under the scheme {@code flaky:}, which fails to open files in tasks: once for each
 * file {@value #ONCE} in the folder of the property {@value #FOLDER}, and as long as {@value
 * #ALWAYS} is there. Sent to the executors in a jar.
 */
public final class FlakyFileSystem extends RawLocalFileSystem {
  static final String FOLDER = "flaky.folder";
  static final String ONCE = "once";
  static final String ALWAYS = "always";

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    java.nio.file.Path folder = java.nio.file.Path.of(getConf().get(FOLDER));
    boolean task = TaskContext.get() != null;
    if (task
        && (Files.exists(folder.resolve(ALWAYS)) || Files.deleteIfExists(folder.resolve(ONCE)))) {
      throw new IOException("the storage does not answer for " + file);
    }
    return super.open(file, bufferSize);
  }
}
