package io.unroll.driver.train;

import java.util.Optional;

/**
 * The weighted mean of float vectors, Σ w_i x_i / Σ w_i, summed in double in the order in which the
 * vectors are added. With one vector and a weight below 2^29 the mean is that vector exactly: w·x
 * and the division are exact in double.
 */
final class WeightedMean {
  private double[] sums;
  private double weights;

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
}
