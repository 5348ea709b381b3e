package io.unroll.driver.model;

import io.unroll.worker.format.FormatException;
import java.io.IOException;
import java.io.InputStream;

/** A format whose files become models of Unroll's, too. */
public interface ReadableFormat extends ForeignFormat {
  /**
   * Reads a file; the stream is left open.
   *
   * @param length bytes of the file
   * @param file name for messages
   * @throws FormatException if it is damaged, or holds what is no language model of Unroll's,
   *     naming what
   */
  Content read(InputStream in, long length, String file) throws IOException;
}
