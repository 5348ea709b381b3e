package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.OutputExistsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Tables that Spark reads, with the answers of a model as further columns. */
public final class PredictedTable {
  /** Lines, which are no table. */
  public static final String TEXT = "text";

  /** What input and output may be. */
  public static final List<String> FORMATS =
      List.of(TEXT, "parquet", "orc", "csv", "json", "table");

  private static final String TABLE = "table";
  private static final String FILE = "unroll_file";
  private static final String BLOCK = "unroll_block";
  private static final String NUMBER = "unroll_number";

  private final SparkSession spark;
  private final String format;
  private final String column;

  /**
   * @param column with the texts
   */
  public PredictedTable(SparkSession spark, String format, String column) {
    this.spark = spark;
    this.format = format;
    this.column = column;
  }

  /**
   * Reads a table, asks, and writes both, in the order of the input: files by name, rows as they
   * lie in them. Tables of a catalog have no order of their own: their rows stay as Spark reads
   * them.
   *
   * @param output new folder
   * @throws DataException if there is no such input or column, or it holds no texts
   * @throws OutputExistsException if something is at the output
   */
  public void write(Prediction prediction, String input, String output) {
    requireNew(spark, output);
    Dataset<Row> rows = read(input);
    requireTexts(rows.schema(), input);
    Dataset<Row> answered = prediction.table(ordered(rows), column);
    String written = format.equals(TABLE) ? "parquet" : format;
    answered
        .drop(FILE, BLOCK, NUMBER)
        .write()
        .format(written)
        .option("header", "true")
        .save(output);
  }

  private Dataset<Row> read(String input) {
    if (format.equals(TABLE)) {
      if (!spark.catalog().tableExists(input)) {
        throw new DataException(
            "Cannot read the table %s: Spark's catalog has none of that name".formatted(input));
      }
      return spark.table(input);
    }
    requireInput(spark, input);
    Dataset<Row> rows = spark.read().format(format).option("header", "true").load(input);
    // Files may be read in any order, and in parts.
    return rows.selectExpr(
        "*",
        "_metadata.file_path as " + FILE,
        "_metadata.file_block_start as " + BLOCK,
        "monotonically_increasing_id() as " + NUMBER);
  }

  private Dataset<Row> ordered(Dataset<Row> rows) {
    return format.equals(TABLE)
        ? rows
        : rows.sort(functions.col(FILE), functions.col(BLOCK), functions.col(NUMBER));
  }

  private void requireTexts(StructType schema, String input) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains(column)) {
      List<String> own =
          names.stream().filter(name -> !List.of(FILE, BLOCK, NUMBER).contains(name)).toList();
      throw new DataException(
          "Cannot read %s: it has no column %s (its columns are %s; name the one with the texts by --column)"
              .formatted(input, column, String.join(", ", own)));
    }
    if (!schema.apply(column).dataType().equals(DataTypes.StringType)) {
      throw new DataException(
          "Cannot read %s: column %s is of type %s (expected string)"
              .formatted(input, column, schema.apply(column).dataType().catalogString()));
    }
  }

  /**
   * Makes sure that there is something to read.
   *
   * @throws DataException if no file is there
   */
  public static void requireInput(SparkSession spark, String input) {
    try {
      Path path = new Path(input);
      FileStatus[] found =
          path.getFileSystem(spark.sparkContext().hadoopConfiguration()).globStatus(path);
      if (found == null || found.length == 0) {
        throw new DataException("Cannot read %s: it does not exist".formatted(input));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(input, e.getMessage()), e);
    }
  }

  /**
   * Makes sure that nothing is at the output.
   *
   * @throws OutputExistsException if something is
   */
  public static void requireNew(SparkSession spark, String output) {
    try {
      Path path = new Path(output);
      if (path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
        throw new OutputExistsException(
            "Cannot write %s: something is there; choose another output".formatted(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(output, e.getMessage()), e);
    }
  }
}
