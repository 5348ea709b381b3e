package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.RawExample;
import java.io.Serializable;

/** Fields to examples, wherever they stand. Sent to the tasks. */
public interface FieldExamples extends Serializable {
  /**
   * The example of some fields.
   *
   * @throws BadExample if they are none
   */
  RawExample example(Fields found) throws BadExample;
}
