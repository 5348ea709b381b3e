package io.unroll.driver.metric;

import java.util.Arrays;
import java.util.Locale;

/**
 * Two systems' texts about the same sources, compared by a paired bootstrap (Koehn 2004) as
 * sacrebleu's {@code --paired-bs} computes it, with other random numbers. Of samples i of the
 * texts:
 *
 * <pre>
 * d_i = |score_i - other_i|,  p = (1 + #{i: d_i - mean(d) > |score - other|}) / (1 + samples)
 * </pre>
 *
 * @param score of the first system
 * @param other score of the second system
 * @param difference what score - other lies in for 95 of 100 samples
 * @param p how probable a difference as large as this is if both systems were equally good
 */
public record Comparison(double score, double other, Interval difference, double p) {
  /**
   * Compares.
   *
   * @throws IllegalArgumentException if one has other texts than the other, as their number tells
   */
  public static Comparison of(TextCounts system, TextCounts other) {
    if (system.texts().size() != other.texts().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid texts: %d and %d (expected those of the same sources)",
              system.texts().size(),
              other.texts().size()));
    }
    double[] differences = system.resampled();
    double[] others = other.resampled();
    Arrays.setAll(differences, x -> differences[x] - others[x]);
    double found = Math.abs(system.score() - other.score());
    return new Comparison(
        system.score(), other.score(), Interval.of(differences), p(differences, found));
  }

  private static double p(double[] differences, double found) {
    double mean = Arrays.stream(differences).map(Math::abs).average().orElseThrow();
    long larger = Arrays.stream(differences).filter(d -> Math.abs(d) - mean > found).count();
    return (larger + 1.0) / (differences.length + 1.0);
  }
}
