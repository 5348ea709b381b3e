package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.examples.RowCells;
import io.unroll.dataprep.examples.RowReader;
import io.unroll.dataprep.table.TableRow;
import java.util.List;

/**
 * Fields in rows of a table.
 *
 * @param roles of the first two columns
 * @param columns their names, and that of the column with the keys, if there is one
 */
record LineRows(FieldExamples examples, List<FieldRole> roles, List<String> columns)
    implements RowReader {
  private static final int KEY = 2;

  @Override
  public RawExample example(TableRow row) throws BadExample {
    var cells = new RowCells(row, columns);
    return examples.example(
        new Fields(
            row.place(),
            cells.text(0, roles.get(0).absent()),
            cells.text(1, roles.get(1).absent()),
            columns.size() > KEY ? cells.text(KEY, Fault.NO_KEY) : ""));
  }
}
