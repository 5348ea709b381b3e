package io.unroll.dataprep.dataset;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Shares of a corpus, in the order train, valid, test.
 *
 * @param train share of the first part, above 0
 * @param valid share of the middle, may be 0
 * @param test share of the end, may be 0; the three add up to 1
 */
public record Fractions(double train, double valid, double test) implements Serializable {
  /** Everything is for training. */
  public static final Fractions ALL_TRAIN = new Fractions(1, 0, 0);

  /** What is taken where nothing is said: 90 % for training, 10 % for validation. */
  public static final Fractions DEFAULT = new Fractions(0.9, 0.1, 0);

  /** Sums as 1/3 + 1/3 + 1/3 written with ten decimals must pass. */
  private static final double SUM_TOLERANCE = 1e-9;

  public Fractions {
    boolean inRange = train > 0 && train <= 1 && valid >= 0 && test >= 0;
    if (!inRange || !(Math.abs(train + valid + test - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "Invalid fractions: %s/%s/%s (expected train > 0, valid >= 0, test >= 0, adding up to 1)"
              .formatted(train, valid, test));
    }
  }

  /** The share of one split. */
  public double of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALID -> valid;
      case TEST -> test;
    };
  }

  /**
   * Where a split begins among {@code total} items: the floor of the shares before it times the
   * total. Computed in decimals, so that 0.7 + 0.1 is 0.8.
   */
  public long begin(Split split, long total) {
    BigDecimal before = BigDecimal.ZERO;
    for (Split earlier : Split.values()) {
      if (earlier == split) {
        break;
      }
      before = before.add(BigDecimal.valueOf(of(earlier)));
    }
    long begin =
        before.multiply(BigDecimal.valueOf(total)).setScale(0, RoundingMode.FLOOR).longValueExact();
    return restIsEmpty(split) ? total : Math.min(begin, total);
  }

  /** Where a split ends among {@code total} items, exclusive; the last one takes what is left. */
  public long end(Split split, long total) {
    return switch (split) {
      case TRAIN -> begin(Split.VALID, total);
      case VALID -> begin(Split.TEST, total);
      case TEST -> total;
    };
  }

  private boolean restIsEmpty(Split first) {
    for (Split split : Split.values()) {
      if (split.compareTo(first) >= 0 && of(split) > 0) {
        return false;
      }
    }
    return true;
  }
}
