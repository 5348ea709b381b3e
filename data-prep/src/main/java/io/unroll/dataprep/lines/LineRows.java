package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.examples.RowCells;
import io.unroll.dataprep.examples.RowReader;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.table.TableRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels and texts in rows of a table. */
record LineRows(LineExamples examples, List<String> columns) implements RowReader {
  private static final int LABEL = 0;
  private static final int TEXT = 1;
  private static final int KEY = 2;

  /** What is read of a table, with keys or without. */
  static Map<String, ColumnType> roles(boolean keyed) {
    Map<String, ColumnType> roles = new LinkedHashMap<>();
    roles.put("label", ColumnType.NAME);
    roles.put("text", ColumnType.TEXT);
    if (keyed) {
      roles.put(TableFormat.KEY, ColumnType.NAME);
    }
    return roles;
  }

  @Override
  public RawExample example(TableRow row) throws BadExample {
    var cells = new RowCells(row, columns);
    return examples.example(
        new Fields(
            row.place(),
            cells.text(LABEL, Fault.NO_LABEL),
            cells.text(TEXT, Fault.NO_TEXT),
            columns.size() > KEY ? cells.text(KEY, Fault.NO_KEY) : ""));
  }
}
