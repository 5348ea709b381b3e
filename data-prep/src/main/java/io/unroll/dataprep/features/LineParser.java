package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.BadExample;
import java.io.Serializable;
import java.util.OptionalLong;

/** A line of text to the vectors of an image. Sent to the tasks. */
interface LineParser extends Serializable {
  /**
   * What is on a line.
   *
   * @param number of the line, from 1
   * @throws BadExample if it is malformed
   */
  ImageVectors parse(String line, long number) throws BadExample;

  /**
   * The fields of a line, the first of which is the id.
   *
   * @param expected what they should be, for messages
   */
  static String[] fields(String line, long number, int count, String expected) throws BadExample {
    String[] fields = line.split("\t", -1);
    if (count == 0 ? fields.length < 2 : fields.length != count) {
      throw ImageVectors.bad(
          number,
          "it has %s fields with tabs between (expected %s)".formatted(fields.length, expected));
    }
    return fields;
  }

  /** The id in the first field. */
  static long image(String[] fields, long number) throws BadExample {
    OptionalLong id = ImageId.of(fields[0]);
    if (id.isEmpty()) {
      throw ImageVectors.bad(
          number,
          "'%s' is no image id (expected a whole number first)"
              .formatted(ImageId.shown(fields[0])));
    }
    return id.getAsLong();
  }
}
