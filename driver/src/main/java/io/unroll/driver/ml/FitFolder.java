package io.unroll.driver.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the tables, the dataset and the run of one fit are until it is done. */
final class FitFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FitFolder.class);

  private final Path folder;
  private final FileSystem files;

  private FitFolder(Path folder, FileSystem files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * A new one.
   *
   * @param directory where; empty: a temporary folder of this machine
   * @throws IllegalArgumentException if there is none, and other machines are to reach it
   */
  static FitFolder of(SparkSession spark, String directory, String uid) {
    if (directory.isEmpty() && !spark.sparkContext().isLocal()) {
      throw new IllegalArgumentException(
          "Missing directory: the executors are on other machines (set it to a folder that all of them reach, such as one of HDFS)");
    }
    String parent =
        directory.isEmpty()
            ? new Path(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")).toUri())
                .toString()
            : directory;
    Path folder = new Path(parent, uid + "-" + UUID.randomUUID());
    try {
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return new FitFolder(files.makeQualified(folder), files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String tables() {
    return place("tables");
  }

  String dataset() {
    return place("dataset");
  }

  String run() {
    return place("run");
  }

  private String place(String name) {
    return new Path(folder, name).toString();
  }

  @Override
  public void close() {
    try {
      files.delete(folder, true);
    } catch (IOException e) { // the model is there
      LOG.warn("Cannot remove {}: {}", folder, e.getMessage());
    }
  }
}
