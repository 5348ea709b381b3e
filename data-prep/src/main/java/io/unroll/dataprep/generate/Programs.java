package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Mixing;
import java.util.Locale;

/**
 * Short programs in a small part of Python, with what they print: "Learning to execute" (Zaremba
 * and Sutskever 2014). {@code #} ends a line. Validation and test have programs of the full length
 * and nesting; what training has is the strategy's affair. A program is in one split only.
 *
 * @param length ℓ: literals are 1 to 10^ℓ
 * @param nesting n: how many operations are composed
 * @param strategy what training meets, and when
 * @param seed decides about all of them
 */
public record Programs(int length, int nesting, Strategy strategy, long seed)
    implements TextGenerator {
  private static final int MOST_LENGTH = 10;
  private static final int MOST_NESTING = 9;

  /** One in so many programs of {@link Strategy#COMBINED} is of the mix. */
  private static final int MIXED = 5;

  /** What training meets, in the order of its examples. */
  public enum Strategy {
    /** The full length and nesting. */
    BASELINE,
    /**
     * Length 1 to ℓ with one operation, then with two, and so on: a curriculum. All stages but the
     * last share the first half of the examples.
     */
    NAIVE,
    /** Every nesting and, for each literal, every length up to the full one, as likely. */
    MIX,
    /** One program in five of the mix, the others of the curriculum. */
    COMBINED;

    /** The name on command lines. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Programs {
    if (length < 1 || length > MOST_LENGTH) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid length: %d (expected 1 to %d)", length, MOST_LENGTH));
    }
    if (nesting < 1 || nesting > MOST_NESTING) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid nesting: %d (expected 1 to %d)", nesting, MOST_NESTING));
    }
  }

  @Override
  public String alphabet() {
    return " #()*+-0123456789:<=>abcdefghijlnoprstx";
  }

  @Override
  public GeneratedText text(Split split, long number, long count) {
    var draws = new Draws(Mixing.of(Mixing.of(seed, split.label()), number));
    GeneratedText text = written(split, number, count, draws);
    while (HashSplit.of(text.given()) != split) {
      text = written(split, number, count, draws);
    }
    return text;
  }

  private GeneratedText written(Split split, long number, long count, Draws draws) {
    if (split != Split.TRAIN || strategy == Strategy.BASELINE) {
      return new ProgramWriter(draws, length, false).write(nesting);
    }
    boolean mixed =
        strategy == Strategy.MIX || (strategy == Strategy.COMBINED && draws.below(MIXED) == 0);
    if (mixed) {
      int operations = (int) draws.upTo(nesting);
      return new ProgramWriter(draws, length, true).write(operations);
    }
    int stage = stage(number, count);
    return new ProgramWriter(draws, 1 + stage % length, false).write(1 + stage / length);
  }

  /** Which stage of the curriculum a training example is of, from 0. */
  private int stage(long number, long count) {
    int last = length * nesting - 1;
    long half = count / 2;
    return number >= half ? last : (int) (number * last / Math.max(1, half));
  }
}
