package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Strings of zeros and ones, labelled by the parity of the ones: a label that the last symbol may
 * change, however far away the others are.
 *
 * @param output directory of the dataset
 * @param examples of each split, at least one in training
 * @param lengths of the strings of each split
 * @param seed decides about all of them, and nothing else does
 */
public record ParityOptions(
    DatasetTarget output, Map<Split, Long> examples, Map<Split, Lengths> lengths, long seed) {

  /**
   * From the shortest to the longest string, each as likely as the others.
   *
   * @param shortest at least 1
   * @param longest at least as much
   */
  public record Lengths(int shortest, int longest) implements Serializable {
    public Lengths {
      if (shortest < 1 || longest < shortest) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Invalid lengths: %d-%d (expected two numbers such as 1-20, the first at least 1)",
                shortest,
                longest));
      }
    }

    /**
     * Reads {@code 1-20}, or {@code 200}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Lengths of(String text) {
      String[] ends = text.split("-", -1);
      try {
        int first = Integer.parseInt(ends[0].strip());
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1].strip());
        if (ends.length <= 2) {
          return new Lengths(first, last);
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw new IllegalArgumentException(
          "Invalid lengths: %s (expected a number, or two such as 1-20)".formatted(text));
    }
  }

  public ParityOptions {
    Objects.requireNonNull(output, "output");
    examples = new EnumMap<>(examples);
    lengths = new EnumMap<>(lengths);
    if (examples.values().stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "Invalid number of examples: %s (expected at least 1 in each split)".formatted(examples));
    }
    if (!lengths.keySet().containsAll(examples.keySet())) {
      throw new IllegalArgumentException("Invalid lengths: some are missing");
    }
  }
}
