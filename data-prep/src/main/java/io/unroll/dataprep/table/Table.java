package io.unroll.dataprep.table;

import static org.apache.spark.sql.functions.col;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.table.TableFormat.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A table that Spark reads: files, or one of its catalog. Belongs to the Spark driver, which holds
 * none of its rows.
 */
public final class Table {
  private final TableFormat format;
  private final List<String> uris;
  private final List<SourceFile> files;
  private final Dataset<Row> all;
  private final List<String> columns;

  private Table(
      TableFormat format,
      List<String> uris,
      List<SourceFile> files,
      Dataset<Row> all,
      List<String> columns) {
    this.format = format;
    this.uris = uris;
    this.files = files;
    this.all = all;
    this.columns = columns;
  }

  /**
   * Looks at it, and reads no rows.
   *
   * @param uris files, folders or globs; or the name of a table of the catalog
   * @param roles what is read, in this order, and what its column must hold
   * @throws DataException if it is missing, cannot be read, or lacks a column of that type
   */
  public static Table open(
      SparkSession spark,
      Cluster cluster,
      TableFormat format,
      List<String> uris,
      Map<String, ColumnType> roles) {
    boolean catalog = format.kind() == Kind.TABLE;
    List<SourceFile> files = catalog ? List.of() : TableFiles.find(cluster, format.kind(), uris);
    Dataset<Row> all = catalog ? catalogTable(spark, uris) : SparkFiles.read(spark, format, files);
    var table =
        new Table(format, uris, files, all, roles.keySet().stream().map(format::column).toList());
    table.requireColumns(roles);
    return table;
  }

  private static Dataset<Row> catalogTable(SparkSession spark, List<String> names) {
    if (names.size() != 1) {
      throw new DataException(
          "Cannot read %s: these are several tables (expected one; make a view of them)"
              .formatted(String.join(", ", names)));
    }
    if (!spark.catalog().tableExists(names.get(0))) {
      throw new DataException(
          "Cannot read the table %s: Spark's catalog has none of that name"
              .formatted(names.get(0)));
    }
    return spark.table(names.get(0));
  }

  private void requireColumns(Map<String, ColumnType> roles) {
    roles.forEach((role, type) -> require(format.column(role), type, option(role)));
    if (isOrdered()) {
      require(format.orderBy(), ColumnType.ORDER, "--order-by NAME");
    }
  }

  private static String option(String role) {
    return role.equals(TableFormat.KEY) ? "--split-by NAME" : "--column " + role + "=NAME";
  }

  private void require(String column, ColumnType type, String option) {
    StructType schema = all.schema();
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains(column)) {
      throw new DataException(
          "Cannot read %s: it has no column '%s' (its columns are %s; choose one with %s)"
              .formatted(name(), column, String.join(", ", names), option));
    }
    if (!type.takes(schema.apply(column).dataType())) {
      throw new DataException(
          "Cannot read %s: its column '%s' is of type %s (expected %s%s)"
              .formatted(
                  name(),
                  column,
                  schema.apply(column).dataType().simpleString(),
                  type.words(),
                  type.isArray() && !format.kind().hasArrays() ? ", which CSV does not have" : ""));
    }
  }

  private boolean isOrdered() {
    return !format.orderBy().isEmpty();
  }

  /** The inputs, for messages about all of it. */
  public String name() {
    return String.join(", ", uris);
  }

  /** The names of what {@link TableRow#input} counts. */
  public List<String> names() {
    return byFile() ? files.stream().map(SourceFile::uri).toList() : List.of(name());
  }

  private boolean byFile() {
    return !isOrdered() && format.kind() != Kind.TABLE;
  }

  /** Those it consists of; none of a table of the catalog. */
  public List<SourceFile> files() {
    return files;
  }

  /** The names of the columns that are read, in the order in which they were asked for. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Its rows in their order: by the column that was given; or else files in the order of the input,
   * rows as they lie there; or else, of a table of the catalog, by what is in the columns that are
   * read, so that the order does not depend on chance.
   *
   * @throws DataException if it has none, or the column that puts them in order has a value twice,
   *     or none somewhere
   */
  public JavaRDD<TableRow> rows() {
    JavaRDD<TableRow> rows = byFile() ? InFiles.rows(all, read(), files) : sorted();
    if (rows.isEmpty()) {
      throw new DataException("Cannot read %s: it has no rows".formatted(name()));
    }
    return rows;
  }

  private JavaRDD<TableRow> sorted() {
    List<Column> by =
        isOrdered() ? List.of(new RowOrder(all, format.orderBy(), name()).checked()) : read();
    return all.sort(by.toArray(Column[]::new))
        .select(read().toArray(Column[]::new))
        .javaRDD()
        .zipWithIndex()
        .map(pair -> new TableRow(0, pair._2() + 1, pair._1()));
  }

  private List<Column> read() {
    List<Column> read = new ArrayList<>();
    columns.forEach(name -> read.add(quoted(name)));
    return read;
  }

  /** A name of a column may have dots in it. */
  static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
