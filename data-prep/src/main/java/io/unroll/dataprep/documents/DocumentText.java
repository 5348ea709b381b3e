package io.unroll.dataprep.documents;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts documents into words.
 *
 * @param tokenizer leaves words as they are written
 */
record DocumentText(Tokenizer tokenizer) implements Serializable {
  private static final String[] NO_LABELS = new String[0];

  RawExample example(long place, String text) throws BadExample {
    List<String> words = new ArrayList<>();
    try {
      TokenStream stream = tokenizer.tokens(CodePoints.of(text));
      for (String word = stream.next(); word != null; word = stream.next()) {
        words.add(word);
      }
    } catch (IOException e) { // a word that is absurdly long
      throw new BadExample(Fault.MALFORMED, place, e.getMessage());
    }
    if (words.isEmpty()) {
      throw new BadExample(
          Fault.NO_TEXT,
          place,
          "its text is empty (add one, or leave such documents out with --skip-bad)");
    }
    return RawExample.ofWords(place, words.toArray(String[]::new), NO_LABELS, "");
  }
}
