package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.place.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The Parquet files of a split. */
final class PartFiles {
  /** Spark's own option of whether names of files with brackets, braces or the like are globs. */
  private static final String GLOB_PATHS = "__globPaths__";

  private PartFiles() {}

  /**
   * Reads files by name, so that what else lies in the directory does not matter, and verifies the
   * checksums that Parquet keeps of its pages.
   */
  static Dataset<Row> read(SparkSession spark, List<String> files) {
    try {
      return spark
          .read()
          .option("parquet.page.verify-checksum.enabled", "true")
          .option("mergeSchema", "false")
          .option(GLOB_PATHS, "false")
          .parquet(files.toArray(String[]::new));
    } catch (Exception e) { // Spark's checked exceptions are not declared to Java
      if (Damage.isIn(e)) {
        throw new DataException(
            "Cannot read %s: it is damaged (%s)".formatted(files.get(0), Damage.reason(e)), e);
      }
      throw e;
    }
  }

  /** SHA-256 of each file, taken by tasks. */
  static List<String> hashes(SparkSession spark, List<String> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> places =
        files.stream().map(file -> qualified(file, context.hadoopConfiguration())).toList();
    var hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    try {
      return context
          .parallelize(places, places.size())
          .map(file -> hash(new Path(file), hadoop.value().value()))
          .collect();
    } finally {
      hadoop.unpersist(true);
    }
  }

  /** With file system and folder: executors are in folders of their own. */
  private static String qualified(String file, Configuration hadoop) {
    Path path = new Path(file);
    try {
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String hash(Path file, Configuration hadoop) throws IOException {
    try (var in = file.getFileSystem(hadoop).open(file)) {
      return new Sha256().add(in).digits();
    }
  }
}
