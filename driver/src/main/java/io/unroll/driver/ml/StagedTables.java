package io.unroll.driver.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.unroll.dataprep.examples.ExampleUris;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows to train and to validate on as views of the session. They are written to files before,
 * since they are read several times: what made them is computed once, and cannot differ.
 */
final class StagedTables implements AutoCloseable {
  private static final String TRAIN = "/train";
  private static final String VALID = "/valid";

  private final SparkSession spark;
  private final ExampleUris views;

  private StagedTables(SparkSession spark, ExampleUris views) {
    this.spark = spark;
    this.views = views;
  }

  /**
   * Writes them.
   *
   * @param columns by role
   * @param validation name of the column that tells rows for validation; empty if none does
   * @param folder new folder
   */
  static StagedTables of(
      Dataset<?> rows, Map<String, String> columns, String validation, String folder) {
    SparkSession spark = rows.sparkSession();
    List<Column> own = new ArrayList<>();
    columns.values().forEach(name -> own.add(Columns.of(name)));
    Dataset<Row> table = rows.toDF();
    if (validation.isEmpty()) {
      write(table, own, folder + TRAIN);
      return new StagedTables(
          spark, new ExampleUris(List.of(view(spark, folder + TRAIN)), List.of(), List.of()));
    }
    Column isValid = coalesce(Columns.of(validation), lit(false));
    write(table.filter(not(isValid)), own, folder + TRAIN);
    write(table.filter(isValid), own, folder + VALID);
    return new StagedTables(
        spark,
        new ExampleUris(
            List.of(view(spark, folder + TRAIN)), List.of(view(spark, folder + VALID)), List.of()));
  }

  private static void write(Dataset<Row> table, List<Column> columns, String folder) {
    table.select(columns.toArray(Column[]::new)).write().parquet(folder);
  }

  /** Of files that are there: what fails to be written leaves no view. */
  private static String view(SparkSession spark, String folder) {
    String name =
        "unroll_%s_%s"
            .formatted(
                folder.substring(folder.lastIndexOf('/') + 1),
                UUID.randomUUID().toString().replace("-", ""));
    spark.read().parquet(folder).createOrReplaceTempView(name);
    return name;
  }

  ExampleUris views() {
    return views;
  }

  @Override
  public void close() {
    views.bySplit().values().forEach(names -> names.forEach(spark.catalog()::dropTempView));
  }
}
