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
 * @param target whether examples have a label, a tag for each step, or a text; empty: they have
 *     none, but are texts of their own
 * @param division of the training input
 * @param bad what is done with examples that cannot be used
 * @param longest steps after which examples are cut off; 0: they are left as they are
 * @param tokens how words become ids; empty where vectors are read
 * @param pairs what pairs of texts have besides; empty where the target is no text
 */
public record ExampleSettings(
    DatasetTarget output,
    Optional<Target> target,
    Division division,
    Bad bad,
    int longest,
    Optional<TokenSettings> tokens,
    Optional<PairSettings> pairs) {

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

  /**
   * What pairs of texts have besides.
   *
   * @param targets how words of target texts become ids; empty: as those of the sources, by one
   *     vocabulary that is counted over both sides
   * @param longest most tokens of a side, without begin and end: pairs with more are left out; 0:
   *     none are
   * @param lengthRatio how many times as many tokens one side may have as the other: pairs of the
   *     training split beyond that are left out; 0: none are
   */
  public record PairSettings(Optional<VocabularyChoice> targets, int longest, double lengthRatio) {
    public PairSettings {
      Objects.requireNonNull(targets, "targets");
      if (longest < 0) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Invalid longest: %d (expected at least 1)", longest));
      }
      boolean valid = lengthRatio == 0 || (lengthRatio >= 1 && Double.isFinite(lengthRatio));
      if (!valid) {
        throw new IllegalArgumentException(
            "Invalid length-ratio: %s (expected a number of at least 1)".formatted(lengthRatio));
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
    if (pairs.isPresent() != target.equals(Optional.of(Target.TEXT))) {
      throw new IllegalArgumentException("Only examples whose target is a text are pairs");
    }
  }

  /** Those of examples that are no pairs of texts. */
  public ExampleSettings(
      DatasetTarget output,
      Optional<Target> target,
      Division division,
      Bad bad,
      int longest,
      Optional<TokenSettings> tokens) {
    this(output, target, division, bad, longest, tokens, Optional.empty());
  }

  /** Those of pairs of texts. */
  public ExampleSettings(
      DatasetTarget output, Division division, Bad bad, TokenSettings tokens, PairSettings pairs) {
    this(
        output,
        Optional.of(Target.TEXT),
        division,
        bad,
        0,
        Optional.of(tokens),
        Optional.of(pairs));
  }

  /** Those of examples that have labels. */
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
