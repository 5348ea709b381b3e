package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import java.util.Arrays;
import java.util.Locale;

/** What is made of pictures needs some. */
final class Pictures {
  private Pictures() {}

  /**
   * Makes sure that arrays are pictures with a label each.
   *
   * @param smallest numbers of their sides, at least
   * @throws IllegalArgumentException if they are not
   */
  static void require(int[] shape, Target target, int smallest) {
    if (shape.length != 2 || shape[0] < smallest || shape[1] < smallest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "each of its arrays has the shape %s (expected pictures of at least %d x %d)",
              Arrays.toString(shape),
              smallest,
              smallest));
    }
    if (target != Target.LABEL) {
      throw new IllegalArgumentException(
          "there is a label for each row of its pictures (expected one for each picture)");
    }
  }
}
