package io.unroll.dataprep.coco;

import io.unroll.dataprep.summary.PreparationSummary;
import org.apache.spark.sql.SparkSession;

/** COCO's captions to a dataset of kind captions. Belongs to the Spark driver. */
public final class CocoPreparation {
  private final SparkSession spark;
  private final CocoOptions options;

  public CocoPreparation(SparkSession spark, CocoOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Reads, counts, encodes and writes.
   *
   * @throws io.unroll.dataprep.DataException if an input is missing or malformed, an id is there
   *     twice, a caption has no image, or the output is there and must not be replaced
   * @throws java.io.UncheckedIOException if the output cannot be written; no manifest is left then
   */
  public PreparationSummary run() {
    throw new UnsupportedOperationException(spark + " " + options);
  }
}
