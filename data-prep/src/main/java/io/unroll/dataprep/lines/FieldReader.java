package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import java.io.IOException;

/** The fields of a file, one example after the other. */
interface FieldReader {
  /** The next ones, or null at the end. */
  Fields next() throws IOException, BadExample;
}
