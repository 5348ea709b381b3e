package io.unroll.dataprep.examples;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Examples to rows. Sent to the tasks. */
interface Encoder extends Serializable {
  /**
   * The row of an example.
   *
   * @param id its number in the split
   */
  Row row(long id, RawExample example);
}
