package io.unroll.dataprep.text;

import io.unroll.dataprep.summary.PreparationSummary;
import org.apache.spark.sql.SparkSession;

/** Running text to a dataset of kind stream. Belongs to the Spark driver. */
public final class TextPreparation {
  private final SparkSession spark;
  private final TextOptions options;

  public TextPreparation(SparkSession spark, TextOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Reads, counts, encodes and writes.
   *
   * @throws io.unroll.dataprep.DataException if an input is missing, empty, unreadable, not UTF-8,
   *     or too short, or the output is there and must not be replaced
   * @throws java.io.UncheckedIOException if the output cannot be written; no manifest is left then
   */
  public PreparationSummary run() {
    throw new UnsupportedOperationException(spark + " " + options);
  }
}
