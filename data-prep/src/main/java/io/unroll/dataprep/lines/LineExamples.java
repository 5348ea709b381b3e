package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleWords;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.tokenize.LabelTokenizer;

/** A label and a text to an example, wherever they stand. */
record LineExamples(ExampleWords words) implements FieldExamples {
  @Override
  public RawExample example(Fields found) throws BadExample {
    String label = found.first().strip();
    if (label.isEmpty() || !LabelTokenizer.isLabel(label)) {
      throw bad(
          Fault.NO_LABEL,
          found,
          label.isEmpty() ? "its label is empty" : "its label has a line break");
    }
    String[] text = words.of(found.place(), found.second());
    if (found.second().isBlank() || text.length == 0) {
      throw bad(Fault.NO_TEXT, found, "its text is empty");
    }
    return RawExample.ofWords(found.place(), text, new String[] {label}, found.key());
  }

  private static BadExample bad(Fault fault, Fields found, String reason) {
    return new BadExample(
        fault,
        found.place(),
        reason + " (add what is missing, or leave such examples out with --skip-bad)");
  }
}
