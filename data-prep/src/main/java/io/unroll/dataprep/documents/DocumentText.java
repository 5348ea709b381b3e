package io.unroll.dataprep.documents;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleWords;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.Serializable;

/** Documents to examples. */
record DocumentText(ExampleWords words) implements Serializable {
  private static final String[] NO_LABELS = new String[0];

  /**
   * @param tokenizer leaves words as they are written
   */
  DocumentText(Tokenizer tokenizer) {
    this(new ExampleWords(tokenizer));
  }

  RawExample example(long place, String text) throws BadExample {
    String[] found = words.of(place, text);
    if (found.length == 0) {
      throw new BadExample(
          Fault.NO_TEXT,
          place,
          "its text is empty (add one, or leave such documents out with --skip-bad)");
    }
    return RawExample.ofWords(place, found, NO_LABELS, "");
  }
}
