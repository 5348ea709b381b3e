package io.unroll.dataprep.examples;

import io.unroll.dataprep.table.Table;
import io.unroll.dataprep.table.TableRow;
import org.apache.spark.api.java.JavaRDD;

/** The examples in a table. */
record TableExamples(Table table, RowReader reader) {
  JavaRDD<Reading> readings() {
    RowReader inTasks = reader;
    return table.rows().map(row -> reading(row, inTasks));
  }

  private static Reading reading(TableRow row, RowReader reader) {
    try {
      return Reading.of(reader.example(row).in(row.input()));
    } catch (BadExample e) {
      return Reading.bad(row.input(), e.place(), e.fault(), e.getMessage());
    }
  }
}
