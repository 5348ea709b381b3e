package io.unroll.dataprep.examples;

import java.io.Closeable;
import java.io.IOException;

/** The examples of an input, one after the other. */
public interface ExampleReader extends Closeable {
  /**
   * The next example, or null at the end.
   *
   * @throws BadExample if it cannot be used
   * @throws io.unroll.dataprep.DataException if the input cannot be
   * @throws IOException if the input cannot be read
   */
  RawExample next() throws IOException, BadExample;

  @Override
  default void close() throws IOException {}
}
