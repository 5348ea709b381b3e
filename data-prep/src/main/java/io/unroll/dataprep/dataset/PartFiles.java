package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Parquet files of a split. */
final class PartFiles {
  private PartFiles() {}

  /**
   * Reads files by name, so that what else lies in the directory does not matter, and verifies the
   * checksums that Parquet keeps of its pages.
   */
  static Dataset<Row> read(SparkSession spark, String... files) {
    try {
      return spark
          .read()
          .option("parquet.page.verify-checksum.enabled", "true")
          .option("mergeSchema", "false")
          .parquet(files);
    } catch (Exception e) { // Spark's checked exceptions are not declared to Java
      if (e instanceof SparkException || e instanceof java.io.IOException) {
        throw new DataException("Cannot read " + files[0] + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }
}
