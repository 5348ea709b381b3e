package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import java.util.Locale;
import java.util.regex.Pattern;

/** An image id and F numbers, with tabs between. */
record NumberLines() implements LineParser {
  private static final long serialVersionUID = 1L;

  /** What Java takes besides, such as {@code 1f} and {@code 0x1p3}, is no number elsewhere. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  @Override
  public ImageVectors parse(String line, long number) throws BadExample {
    String[] fields = LineParser.fields(line, number, 0, "an image id and numbers");
    long image = LineParser.image(fields, number);
    float[] values = new float[fields.length - 1];
    for (int x = 0; x < values.length; x++) {
      String field = fields[x + 1];
      if (!NUMBER.matcher(field).matches()) {
        throw new BadExample(
            Fault.NO_NUMBER,
            number,
            String.format(
                Locale.ROOT,
                "number %d of image id %d is '%s' (expected a finite one)",
                x + 1,
                image,
                ImageId.shown(field)));
      }
      values[x] = Float.parseFloat(field);
    }
    return new ImageVectors(image, values.length, values);
  }
}
