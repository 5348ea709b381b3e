package io.unroll.dataprep.images;

import io.unroll.dataprep.source.Outcome;
import java.io.Serializable;
import java.util.Iterator;

/**
 * What was encoded, and what could not be.
 *
 * @param images with vectors
 * @param numbers of all vectors
 * @param rows R of the first image; 0 if there is none
 * @param columns F of it
 * @param bad pictures without
 * @param error of the first of them; null if there is none
 */
record EncodedCount(long images, long numbers, int rows, int columns, long bad, String error)
    implements Serializable {
  static final EncodedCount NOTHING = new EncodedCount(0, 0, 0, 0, 0, null);

  static EncodedCount of(Iterator<Outcome<EncodedImage>> outcomes) {
    EncodedCount count = NOTHING;
    while (outcomes.hasNext()) {
      count = count.plus(of(outcomes.next()));
    }
    return count;
  }

  private static EncodedCount of(Outcome<EncodedImage> outcome) {
    if (outcome.error() != null) {
      return new EncodedCount(0, 0, 0, 0, 1, outcome.error());
    }
    EncodedImage image = outcome.value();
    return new EncodedCount(1, image.values().length, image.rows(), image.columns(), 0, null);
  }

  /** With those that follow. */
  EncodedCount plus(EncodedCount next) {
    return new EncodedCount(
        images + next.images,
        numbers + next.numbers,
        images > 0 ? rows : next.rows,
        images > 0 ? columns : next.columns,
        bad + next.bad,
        error != null ? error : next.error);
  }
}
