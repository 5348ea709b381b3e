package io.unroll.dataprep.vectors;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.examples.RowCells;
import io.unroll.dataprep.examples.RowReader;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.TableRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import scala.collection.Seq;

/**
 * Vectors in rows of a table: an array of numbers, or of arrays of them, with a label, or an array
 * of labels.
 *
 * @param size F, numbers of a vector
 * @param tags whether each vector has a label, not each row
 */
record VectorRows(List<String> columns, int size, boolean tags, Scaling scaling)
    implements RowReader {
  private static final int VALUES = 0;
  private static final int LABEL = 1;

  /** What is read of a table. */
  static Map<String, ColumnType> roles() {
    Map<String, ColumnType> roles = new LinkedHashMap<>();
    roles.put("values", ColumnType.NUMBERS);
    roles.put("label", ColumnType.NAMES);
    return roles;
  }

  @Override
  public RawExample example(TableRow row) throws BadExample {
    var cells = new RowCells(row, columns);
    float[] values = values(row, cells.elements(VALUES, Fault.NO_NUMBER));
    String[] labels = cells.texts(LABEL, Fault.NO_LABEL);
    for (int x = 0; x < labels.length; x++) {
      labels[x] = labels[x].strip();
      if (labels[x].isEmpty()) {
        throw bad(Fault.NO_LABEL, row, "its label is empty");
      }
    }
    int vectors = values.length / size;
    if (tags && labels.length != vectors) {
      throw bad(
          Fault.MALFORMED,
          row,
          String.format(
              Locale.ROOT,
              "it has %d vectors and %d labels (expected a label for each vector)",
              vectors,
              labels.length));
    }
    return RawExample.ofValues(row.place(), values, labels);
  }

  private float[] values(TableRow row, List<?> elements) throws BadExample {
    if (elements.isEmpty()) {
      throw bad(Fault.NO_NUMBER, row, "it has no numbers");
    }
    if (!(elements.get(0) instanceof Seq<?>)) {
      return vector(row, elements, 1);
    }
    float[] values = new float[Math.multiplyExact(size, elements.size())];
    for (int x = 0; x < elements.size(); x++) {
      if (!(elements.get(x) instanceof Seq<?> vector)) {
        throw bad(Fault.NO_NUMBER, row, String.format(Locale.ROOT, "its vector %d is null", x + 1));
      }
      System.arraycopy(vector(row, elements(vector), x + 1), 0, values, x * size, size);
    }
    return values;
  }

  private static List<Object> elements(Seq<?> vector) {
    List<Object> elements = new ArrayList<>();
    for (var each = vector.iterator(); each.hasNext(); ) {
      elements.add(each.next());
    }
    return elements;
  }

  private float[] vector(TableRow row, List<?> numbers, int number) throws BadExample {
    if (numbers.size() != size) {
      throw bad(
          Fault.MALFORMED,
          row,
          String.format(
              Locale.ROOT,
              "its vector %d has %d numbers (expected %d, as the first one of the table has)",
              number,
              numbers.size(),
              size));
    }
    float[] scaled = new float[size];
    for (int x = 0; x < size; x++) {
      scaled[x] =
          numbers.get(x) instanceof Number found
              ? scaling.scaled(found.doubleValue(), false)
              : Float.NaN;
      if (!Float.isFinite(scaled[x])) {
        throw bad(
            Fault.NO_NUMBER,
            row,
            String.format(
                Locale.ROOT,
                "number %d of its vector %d is %s (expected a finite one)",
                x + 1,
                number,
                numbers.get(x)));
      }
    }
    return scaled;
  }

  private static BadExample bad(Fault fault, TableRow row, String reason) {
    return new BadExample(
        fault, row.place(), reason + " (mend it, or leave such rows out with --skip-bad)");
  }
}
