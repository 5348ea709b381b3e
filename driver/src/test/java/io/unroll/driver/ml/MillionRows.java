package io.unroll.driver.ml;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Asks a model about a million rows, and writes the table; a process of its own, with a small heap.
 */
final class MillionRows {
  private MillionRows() {}

  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    Dataset<Row> rows =
        spark.sql("select id, repeat('ab', int(1 + id % 4)) as text from range(0, 1000000, 1, 2)");
    UnrollModel.of(arguments[0]).transform(rows).write().parquet(arguments[1]);
    spark.stop();
  }
}
