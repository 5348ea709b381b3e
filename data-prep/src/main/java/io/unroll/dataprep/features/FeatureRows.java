package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.examples.RowCells;
import io.unroll.dataprep.examples.RowReader;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.TableRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Vectors in rows of a table: an array of {@code rows} times {@code columns} numbers.
 *
 * @param names of the columns, for messages
 */
record FeatureRows(List<String> names, int vectorSize) implements RowReader {
  private static final long serialVersionUID = 1L;

  private static final int IMAGE = 0;
  private static final int VALUES = 1;
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  /** What is read of a table. */
  static Map<String, ColumnType> roles() {
    Map<String, ColumnType> roles = new LinkedHashMap<>();
    roles.put("image_id", ColumnType.NAME);
    roles.put("values", ColumnType.NUMBERS);
    roles.put("rows", ColumnType.NAME);
    roles.put("columns", ColumnType.NAME);
    return roles;
  }

  @Override
  public RawExample example(TableRow row) throws BadExample {
    return vectors(row, names).example(row.place(), vectorSize);
  }

  /** What a row has. */
  static ImageVectors vectors(TableRow row, List<String> names) throws BadExample {
    var cells = new RowCells(row, names);
    long image = number(cells, IMAGE);
    long rows = number(cells, ROWS);
    long columns = number(cells, COLUMNS);
    List<?> elements = cells.elements(VALUES, Fault.NO_NUMBER);
    if (columns < 1
        || columns > elements.size()
        || elements.size() / columns != rows
        || elements.size() % columns != 0) {
      throw ImageVectors.bad(
          row.place(),
          String.format(
              Locale.ROOT,
              "image id %d has %d numbers for %d rows and %d columns (expected their product)",
              image,
              elements.size(),
              rows,
              columns));
    }
    float[] values = new float[elements.size()];
    for (int x = 0; x < values.length; x++) {
      values[x] = elements.get(x) instanceof Number number ? number.floatValue() : Float.NaN;
    }
    return new ImageVectors(image, (int) columns, values);
  }

  private static long number(RowCells cells, int column) throws BadExample {
    String text = cells.text(column, Fault.MALFORMED);
    OptionalLong number = ImageId.of(text);
    if (number.isEmpty()) {
      throw ImageVectors.bad(
          cells.row().place(),
          "its column '%s' is '%s' (expected a whole number)"
              .formatted(cells.columns().get(column), ImageId.shown(text)));
    }
    return number.getAsLong();
  }
}
