package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.LabelTokenizer;
import io.unroll.dataprep.tokenize.TokenStream;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A label and a text to an example, wherever they stand.
 *
 * @param tokenizer cuts texts into words as they are written
 */
record LineExamples(Tokenizer tokenizer) implements Serializable {
  RawExample example(Fields found) throws BadExample {
    String label = found.label().strip();
    if (label.isEmpty() || !LabelTokenizer.isLabel(label)) {
      throw bad(
          Fault.NO_LABEL,
          found,
          label.isEmpty() ? "its label is empty" : "its label has a line break");
    }
    String[] words = words(found);
    if (found.text().isBlank() || words.length == 0) {
      throw bad(Fault.NO_TEXT, found, "its text is empty");
    }
    return RawExample.ofWords(found.place(), words, new String[] {label}, found.key());
  }

  private static BadExample bad(Fault fault, Fields found, String reason) {
    return new BadExample(
        fault,
        found.place(),
        reason + " (add what is missing, or leave such examples out with --skip-bad)");
  }

  private String[] words(Fields found) throws BadExample {
    TokenStream stream = tokenizer.tokens(CodePoints.of(found.text()));
    List<String> words = new ArrayList<>();
    try {
      for (String word = stream.next(); word != null; word = stream.next()) {
        words.add(word);
      }
    } catch (IOException e) { // a word that is absurdly long
      throw new BadExample(Fault.MALFORMED, found.place(), e.getMessage());
    }
    return words.toArray(String[]::new);
  }
}
