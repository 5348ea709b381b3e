package io.unroll.dataprep.examples;

import io.unroll.dataprep.table.TableRow;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;

/**
 * What is in the columns of a row, which may be nothing.
 *
 * @param columns their names, for messages
 */
public record RowCells(TableRow row, List<String> columns) {
  /**
   * A text, or what is written as one, such as a whole number.
   *
   * @param fault what it is if nothing is there
   */
  public String text(int column, Fault fault) throws BadExample {
    return value(column, fault).toString();
  }

  /** The elements of an array, as {@link #text}; one of what is no array. */
  public String[] texts(int column, Fault fault) throws BadExample {
    Object value = value(column, fault);
    if (!isArray(column)) {
      return new String[] {value.toString()};
    }
    List<?> elements = row.values().getList(column);
    int absent = elements.indexOf(null);
    if (absent >= 0) {
      throw isNull(fault, "element %s of its column".formatted(absent + 1), column);
    }
    return elements.stream().map(Object::toString).toArray(String[]::new);
  }

  /** The elements of an array. */
  public List<?> elements(int column, Fault fault) throws BadExample {
    value(column, fault);
    return row.values().getList(column);
  }

  private boolean isArray(int column) {
    return row.values().schema().apply(column).dataType() instanceof ArrayType;
  }

  private Object value(int column, Fault fault) throws BadExample {
    if (row.values().isNullAt(column)) {
      throw isNull(fault, "its column", column);
    }
    return row.values().get(column);
  }

  private BadExample isNull(Fault fault, String what, int column) {
    return new BadExample(
        fault,
        row.place(),
        "%s '%s' is null (--skip-bad leaves such rows out)".formatted(what, columns.get(column)));
  }
}
