package io.unroll.dataprep.examples;

import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What all preparations of examples have.
 *
 * @param output directory of the dataset
 * @param target whether examples have a label, or a tag for each step; empty: they have neither,
 *     but are texts of their own
 * @param division of the training input
 * @param bad what is done with examples that cannot be used
 * @param longest steps after which examples are cut off; 0: they are left as they are
 * @param tokens how words become ids; empty where vectors are read
 */
public record ExampleSettings(
    DatasetTarget output,
    Optional<Target> target,
    Division division,
    Bad bad,
    int longest,
    Optional<TokenSettings> tokens) {

  /** What is done with examples that cannot be used. */
  public enum Bad {
    REFUSED,
    LEFT_OUT
  }

  /**
   * How words become ids.
   *
   * @param characters whether the characters of the words are kept too
   * @param characterMinCount characters seen less often in training are unknown
   */
  public record TokenSettings(
      VocabularyChoice vocabulary, boolean characters, int characterMinCount) {

    /** So that {@code <unk>} is met in training. */
    public static final int DEFAULT_CHARACTER_MIN_COUNT = 2;

    public TokenSettings {
      Objects.requireNonNull(vocabulary, "vocabulary");
      if (characters && vocabulary.tokenizer().kind().equals("char")) {
        throw new IllegalArgumentException(
            "Invalid characters: with tokenizer char, the tokens are characters (expected tokenizer word)");
      }
      if (characterMinCount < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Invalid character-min-count: %d (expected at least 1)",
                characterMinCount));
      }
    }
  }

  public ExampleSettings {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(division, "division");
    if (longest < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid longest: %d (expected at least 1)", longest));
    }
  }

  /** Those of examples that have a target. */
  public ExampleSettings(
      DatasetTarget output,
      Target target,
      Division division,
      Bad bad,
      int longest,
      Optional<TokenSettings> tokens) {
    this(output, Optional.of(target), division, bad, longest, tokens);
  }

  /** The same, but for another target, and vectors are read. */
  public ExampleSettings with(Target other) {
    return new ExampleSettings(output, other, division, bad, longest, Optional.empty());
  }
}
