package io.unroll.driver.config;

import io.unroll.dataprep.source.Credentials;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The values that a setting may have.
 *
 * @param text as it stands in messages and help; empty if every value is allowed
 * @param test whether a value is allowed; false for NaN in every range of numbers
 */
public record Range<T>(String text, Predicate<T> test) {
  static <T> Range<T> any() {
    return new Range<>("", value -> true);
  }

  /** A path or URI, which may be printed and stored. */
  static Range<String> place() {
    return new Range<>(
        "not empty, without a password", value -> !value.isBlank() && !Credentials.areIn(value));
  }

  /** A place, or nothing. */
  static Range<String> optionalPlace() {
    return new Range<>(
        "a path or Hadoop URI without a password",
        value -> value.isEmpty() || place().test().test(value));
  }

  static Range<Integer> atLeast(int least) {
    return new Range<>("at least " + least, value -> value >= least);
  }

  static Range<OptionalInt> ifPresentAtLeast(int least) {
    return new Range<>("at least " + least, value -> value.isEmpty() || value.getAsInt() >= least);
  }

  static Range<Double> notNegative() {
    return new Range<>(">= 0", value -> value >= 0 && value < Double.POSITIVE_INFINITY);
  }

  static Range<Double> aboveZero() {
    return new Range<>("> 0", value -> value > 0 && value < Double.POSITIVE_INFINITY);
  }

  /** [0, 1). */
  static Range<Double> fractionBelowOne() {
    return new Range<>("0 <= value < 1", value -> value >= 0 && value < 1);
  }

  /** (0, 1]. */
  static Range<Double> fractionAboveZero() {
    return new Range<>("0 < value <= 1", value -> value > 0 && value <= 1);
  }

  /** (0, 1). */
  static Range<Double> fractionInside() {
    return new Range<>("0 < value < 1", value -> value > 0 && value < 1);
  }

  /** [0, 1]. */
  static Range<Double> fraction() {
    return new Range<>("0 <= value <= 1", value -> value >= 0 && value <= 1);
  }
}
