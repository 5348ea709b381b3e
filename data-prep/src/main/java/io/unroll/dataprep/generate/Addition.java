package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Mixing;
import java.util.Locale;

/**
 * Sums of two numbers: {@code 535+61=} and {@code 596}. Both are 0 to 10^digits - 1, each number as
 * likely: short ones are few, and so are not asked again and again. Half of the training sums may
 * have numbers of each length instead, which are learnt sooner. A pair of numbers is in one split
 * only.
 *
 * @param digits most digits of a number, 1 to {@value #MOST_DIGITS}
 * @param reversed whether the question is written backwards, which brings the digits that the
 *     answer begins with closer to it
 * @param mixed whether, in half of the training sums, 10^k for k from 1 to {@code digits} bounds a
 *     number, each k as likely; validation and test are not changed
 * @param seed decides about all of them
 */
public record Addition(int digits, boolean reversed, boolean mixed, long seed)
    implements TextGenerator {
  private static final int MOST_DIGITS = 15;
  private static final int TEN = 10;

  public Addition {
    if (digits < 1 || digits > MOST_DIGITS) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid digits: %d (expected 1 to %d)", digits, MOST_DIGITS));
    }
  }

  @Override
  public String alphabet() {
    return "+=0123456789";
  }

  @Override
  public GeneratedText text(Split split, long number, long count) {
    var draws = new Draws(Mixing.of(Mixing.of(seed, split.label()), number));
    boolean everyLength = mixed && split == Split.TRAIN && draws.coin();
    long first = operand(draws, everyLength);
    long second = operand(draws, everyLength);
    while (HashSplit.of(first + "+" + second) != split) {
      first = operand(draws, everyLength);
      second = operand(draws, everyLength);
    }
    String question = first + "+" + second;
    String written = reversed ? new StringBuilder(question).reverse().toString() : question;
    return new GeneratedText(written + "=", Long.toString(first + second));
  }

  private long operand(Draws draws, boolean everyLength) {
    long most = everyLength ? draws.upTo(digits) : digits;
    long bound = 1;
    for (int digit = 0; digit < most; digit++) {
      bound *= TEN;
    }
    return draws.below(bound);
  }
}
