package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import java.util.Arrays;
import java.util.Locale;

/** The parts of a dataset: what is trained on, chosen by, and judged by. */
public enum Split {
  TRAIN,
  VALID,
  TEST;

  /**
   * The name in paths, manifests and on the command line: {@code train}, {@code valid}, {@code
   * test}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The split of a name.
   *
   * @throws DataException if there is no split of that name
   */
  public static Split of(String label) {
    return Arrays.stream(values())
        .filter(split -> split.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "Invalid split: %s (expected train, valid or test)".formatted(label)));
  }
}
