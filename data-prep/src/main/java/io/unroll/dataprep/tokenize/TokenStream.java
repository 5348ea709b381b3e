package io.unroll.dataprep.tokenize;

import java.io.IOException;

/** Tokens, one after the other. */
public interface TokenStream {
  /**
   * The next token, or null at the end.
   *
   * @throws IOException if the text below cannot be read
   */
  String next() throws IOException;
}
