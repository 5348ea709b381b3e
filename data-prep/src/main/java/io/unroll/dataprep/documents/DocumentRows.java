package io.unroll.dataprep.documents;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.examples.RowCells;
import io.unroll.dataprep.examples.RowReader;
import io.unroll.dataprep.table.TableRow;
import java.util.List;

/**
 * A document in each row of a table.
 *
 * @param columns the name of the column, for messages
 */
record DocumentRows(DocumentText text, List<String> columns) implements RowReader {
  @Override
  public RawExample example(TableRow row) throws BadExample {
    return text.example(row.place(), new RowCells(row, columns).text(0, Fault.NO_TEXT));
  }
}
