package io.unroll.dataprep.tokenize;

import java.io.Serializable;

/** Cuts text into tokens. Immutable; used by the tasks that read a corpus. */
public interface Cutter extends Serializable {
  /** Where running text may be cut. */
  Breaks breaks();

  /** The tokens of a text that is given whole or in parts, one after the other. */
  TokenStream tokens(CodePoints text);
}
