package io.unroll.dataprep.pairs;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.ExampleWords;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.lines.FieldExamples;
import io.unroll.dataprep.lines.Fields;

/**
 * A source and its target to an example, wherever they stand.
 *
 * @param where the target is, for messages; empty where it is beside its source
 */
record PairTexts(ExampleWords words, String where) implements FieldExamples {
  /** The same of a target in a file of its own. */
  PairTexts in(String targetFile) {
    return new PairTexts(words, " in " + targetFile);
  }

  @Override
  public RawExample example(Fields found) throws BadExample {
    String[] source = words(found, found.first());
    String[] target = words(found, found.second());
    if (source.length == 0 && target.length == 0) {
      throw new BadExample(Fault.BLANK, found.place(), "it is blank");
    }
    if (source.length == 0) {
      throw empty(Fault.NO_SOURCE, found, "its source");
    }
    if (target.length == 0) {
      throw empty(Fault.NO_TARGET, found, "its target" + where);
    }
    return RawExample.ofPair(found.place(), source, target, found.key());
  }

  private String[] words(Fields found, String text) throws BadExample {
    return text.isBlank() ? new String[0] : words.of(found.place(), text);
  }

  private static BadExample empty(Fault fault, Fields found, String what) {
    return new BadExample(
        fault,
        found.place(),
        what + " is empty (add what is missing, or leave such pairs out with --skip-bad)");
  }
}
