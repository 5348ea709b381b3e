package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.BadExample;
import java.util.BitSet;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * An image id, a tab and the numbers of its classes, from 0, with commas between: one vector with a
 * one for each of them, or a vector for each, which has that one only.
 *
 * @param classes how many there are
 * @param asSet whether each has a vector of its own
 */
record ClassLines(int classes, boolean asSet) implements LineParser {
  private static final long serialVersionUID = 1L;

  @Override
  public ImageVectors parse(String line, long number) throws BadExample {
    String[] fields = LineParser.fields(line, number, 2, "an image id and numbers of classes");
    long image = LineParser.image(fields, number);
    BitSet present = fields[1].isBlank() ? new BitSet() : present(fields[1], number);
    float[] values =
        new float[asSet ? Math.multiplyExact(present.cardinality(), classes) : classes];
    int vector = 0;
    for (int label = present.nextSetBit(0); label >= 0; label = present.nextSetBit(label + 1)) {
      values[vector * classes + label] = 1;
      vector += asSet ? 1 : 0;
    }
    return new ImageVectors(image, classes, values);
  }

  private BitSet present(String list, long number) throws BadExample {
    BitSet present = new BitSet();
    for (String text : list.split(",", -1)) {
      OptionalLong label = ImageId.of(text.strip());
      if (label.isEmpty() || label.getAsLong() >= classes) {
        throw ImageVectors.bad(
            number,
            String.format(
                Locale.ROOT,
                "'%s' is no class (expected numbers from 0 to %d, with commas between)",
                ImageId.shown(text),
                classes - 1));
      }
      if (present.get((int) label.getAsLong())) {
        throw ImageVectors.bad(number, "class %s is there twice".formatted(text.strip()));
      }
      present.set((int) label.getAsLong());
    }
    return present;
  }
}
