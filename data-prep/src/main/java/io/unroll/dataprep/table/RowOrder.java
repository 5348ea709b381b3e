package io.unroll.dataprep.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.unroll.dataprep.DataException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;

/** A column that puts rows in order. */
final class RowOrder {
  /** What Spark's largest whole number takes. */
  private static final String WHOLE_NUMBER = "^-?[0-9]{1,38}$";

  private static final String VALUE = "value";

  private final Dataset<Row> rows;
  private final String column;
  private final String table;

  /**
   * @param table its name, for messages
   */
  RowOrder(Dataset<Row> rows, String column, String table) {
    this.rows = rows;
    this.column = column;
    this.table = table;
  }

  /**
   * What to sort by: its values; of texts, their numbers if all of them are whole numbers.
   *
   * @throws DataException if one is missing, or there twice
   */
  Column checked() {
    Column values = Table.quoted(column);
    Dataset<Row> counts = rows.groupBy(values.as(VALUE)).count();
    List<Row> twice =
        counts
            .filter(col("count").gt(1).or(col(VALUE).isNull()))
            .sort(col(VALUE).asc_nulls_first())
            .takeAsList(1);
    if (!twice.isEmpty()) {
      throw refusal(twice.get(0).get(0), twice.get(0).getLong(1));
    }
    boolean texts = rows.schema().apply(column).dataType() instanceof StringType;
    return texts && counts.filter(lit(false).equalTo(col(VALUE).rlike(WHOLE_NUMBER))).isEmpty()
        ? expr("cast(`" + column.replace("`", "``") + "` as decimal(38,0))")
        : values;
  }

  private DataException refusal(Object value, long count) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "Cannot read %s: its column '%s' is %s in %,d of its rows (expected %s value in each, to put them in order by --order-by)",
            table,
            column,
            value == null ? "null" : value,
            count,
            value == null ? "a" : "another"));
  }
}
