package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import java.util.Locale;

/**
 * What a line or row has.
 *
 * @param size F, numbers of a vector
 * @param values R vectors of F numbers, one after the other
 */
record ImageVectors(long image, int size, float[] values) {
  /**
   * An example whose key is the image.
   *
   * @param place its line or row, from 1
   * @param expected F of the first image
   * @throws BadExample if F is another, there is no vector, or a number is not finite
   */
  RawExample example(long place, int expected) throws BadExample {
    if (size != expected) {
      throw bad(
          place,
          String.format(
              Locale.ROOT,
              "image id %d has vectors of %d numbers (expected %d, as the first image has)",
              image,
              size,
              expected));
    }
    if (values.length == 0) {
      throw bad(
          place,
          String.format(Locale.ROOT, "image id %d has no vector (expected at least one)", image));
    }
    for (int x = 0; x < values.length; x++) {
      if (!Float.isFinite(values[x])) {
        throw new BadExample(
            Fault.NO_NUMBER,
            place,
            String.format(
                Locale.ROOT,
                "number %d of image id %d is %s (expected a finite one)",
                x + 1,
                image,
                values[x]));
      }
    }
    return RawExample.ofKeyedValues(place, values, Long.toString(image));
  }

  static BadExample bad(long place, String reason) {
    return new BadExample(Fault.MALFORMED, place, reason);
  }
}
