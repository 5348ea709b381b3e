package io.unroll.dataprep.examples;

import io.unroll.dataprep.table.TableRow;
import java.io.Serializable;

/** Rows of a table to examples. Sent to the tasks. */
public interface RowReader extends Serializable {
  /**
   * The example in a row.
   *
   * @throws BadExample if it cannot be used
   */
  RawExample example(TableRow row) throws BadExample;
}
