package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Fractions;
import java.util.Objects;

/** How the examples of the training input are divided among the splits. */
public sealed interface Division {
  /**
   * What is meant where some inputs are given and others are not: without input for validation, the
   * training input is divided, shuffled or by keys.
   *
   * @param fractions null: {@link Fractions#DEFAULT}, where there is something to divide
   * @param keyed whether examples have keys
   * @throws IllegalArgumentException if a split would come from two places
   */
  static Division of(ExampleUris uris, Fractions fractions, long seed, boolean keyed) {
    boolean shares = fractions != null && !fractions.equals(Fractions.ALL_TRAIN);
    if (!uris.valid().isEmpty() && (shares || keyed)) {
      throw new IllegalArgumentException(
          "Invalid fractions or split-by: there is input to validate on (expected neither beside valid-input)");
    }
    if (!uris.test().isEmpty() && shares && fractions.test() > 0) {
      throw new IllegalArgumentException(
          "Invalid fractions: a share of %s is to test on, but there is input to test on (expected 0 beside test-input)"
              .formatted(fractions.test()));
    }
    if (!uris.valid().isEmpty() || (fractions != null && !shares)) {
      return new None();
    }
    Fractions divided = fractions == null ? Fractions.DEFAULT : fractions;
    return keyed ? new Keyed(divided, seed) : new Shuffled(divided, seed);
  }

  /** All are for training, in the order of the input. */
  record None() implements Division {}

  /**
   * Shuffled, then divided by shares: a file that is sorted by label is divided fairly.
   *
   * @param seed decides about the order, and nothing else does
   */
  record Shuffled(Fractions fractions, long seed) implements Division {
    public Shuffled {
      Objects.requireNonNull(fractions, "fractions");
    }
  }

  /**
   * By keys, so that all examples of a key are in one split: a number that key and seed decide
   * about, from 0 to 1, is compared with the shares. A key stays in its split when others come.
   */
  record Keyed(Fractions fractions, long seed) implements Division {
    public Keyed {
      Objects.requireNonNull(fractions, "fractions");
    }
  }

  /**
   * In the order of the input, the last ones for validation.
   *
   * @param examples their number, at least 1
   */
  record Last(long examples) implements Division {
    public Last {
      if (examples < 1) {
        throw new IllegalArgumentException(
            "Invalid valid-last: %s (expected at least 1)".formatted(examples));
      }
    }
  }
}
