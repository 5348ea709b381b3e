package io.unroll.worker.train;

import io.unroll.worker.layer.ParameterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the numbers of a tensor are spread: how many of at most {@value #MOST} of them, evenly taken,
 * lie in each of {@value #BINS} bins of equal width between the least and the largest.
 *
 * @param tensor its name
 * @param limits upper ends of the bins, the last of which is closed
 * @param counts numbers in each
 */
public record Histogram(
    String tensor,
    double least,
    double largest,
    double count,
    double sum,
    double squares,
    double[] limits,
    double[] counts)
    implements Serializable {
  private static final int BINS = 60;
  private static final int MOST = 8192;

  /** One of each tensor. */
  public static List<Histogram> of(ParameterLayout layout, float[] values) {
    List<Histogram> histograms = new ArrayList<>();
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      histograms.add(of(tensor, values));
    }
    return histograms;
  }

  /**
   * Of one tensor.
   *
   * @param values of all tensors, finite
   */
  static Histogram of(ParameterLayout.Tensor tensor, float[] values) {
    int from = tensor.offset();
    int to = from + tensor.size();
    int stride = (tensor.size() + MOST - 1) / MOST;
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int x = from; x < to; x += stride) {
      double value = values[x];
      least = Math.min(least, value);
      largest = Math.max(largest, value);
      count++;
      sum += value;
      squares += value * value;
    }
    double width = (largest - least) / BINS;
    double[] limits = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      limits[bin] = bin == BINS - 1 ? largest : least + (bin + 1) * width;
    }
    double[] counts = new double[BINS];
    for (int x = from; x < to; x += stride) {
      int bin = width > 0 ? (int) ((values[x] - least) / width) : 0;
      counts[Math.min(bin, BINS - 1)]++;
    }
    return new Histogram(tensor.name(), least, largest, count, sum, squares, limits, counts);
  }
}
