package io.unroll.driver.round;

import java.util.Optional;

/**
 * The weighted mean of float vectors, Σ w_i x_i / Σ w_i, summed in double in the order in which the
 * vectors are added. With one vector and a weight below 2^29 the mean is that vector exactly: w·x
 * and the division are exact in double.
 *
 * <p>Beside it the spread of the leading elements around their mean, Σ w_i |x_i - x̄|² / Σ w_i = Σ
 * w_i |x_i|² / Σ w_i - |x̄|².
 */
final class WeightedMean {
  private final int leading;
  private double[] sums;
  private double weights;
  private double squares;

  /**
   * @param leading elements, from the first, whose spread is wanted
   */
  WeightedMean(int leading) {
    this.leading = leading;
  }

  /** Adds a vector; one of weight 0 (a lane without work) is ignored. */
  void add(double weight, float[] values) {
    if (sums == null) {
      sums = new double[values.length];
    }
    if (weight == 0) {
      return;
    }
    weights += weight;
    for (int x = 0; x < values.length; x++) {
      sums[x] += weight * values[x];
    }
    double square = 0;
    for (int x = 0; x < leading; x++) {
      square += (double) values[x] * values[x];
    }
    squares += weight * square;
  }

  /** The mean of what was added; empty if nothing of positive weight was. */
  Optional<float[]> mean() {
    if (!(weights > 0)) {
      return Optional.empty();
    }
    float[] mean = new float[sums.length];
    for (int x = 0; x < mean.length; x++) {
      mean[x] = (float) (sums[x] / weights);
    }
    return Optional.of(mean);
  }

  /** The spread, at least 0; of something of positive weight. */
  double spread() {
    double square = 0;
    for (int x = 0; x < leading; x++) {
      double mean = sums[x] / weights;
      square += mean * mean;
    }
    return Math.max(0, squares / weights - square);
  }
}
