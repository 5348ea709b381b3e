package io.unroll.driver.report;

import io.unroll.worker.layer.Saturation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the gradient of a late loss by the state of one layer goes on over earlier steps. Element d
 * of each list is that of d steps before the loss, over the sequences that go back so far; the
 * lists go as far as half of the sequences do.
 *
 * @param layer name of the layer
 * @param mean of the L2 norms
 * @param low 10 % of the norms are lower
 * @param median half of them are
 * @param high 90 % are
 * @param gates how many of their activations were saturated
 */
public record GradientCurve(
    String layer,
    List<Double> mean,
    List<Double> low,
    List<Double> median,
    List<Double> high,
    List<Saturation.Shares> gates) {
  private static final double LOW = 0.1;
  private static final double MIDDLE = 0.5;
  private static final double HIGH = 0.9;

  /**
   * The curve of some sequences.
   *
   * @param norms of each sequence, by the distance from the loss; at least one sequence
   */
  public static GradientCurve of(
      String layer, List<double[]> norms, List<Saturation.Shares> gates) {
    int[] lengths = norms.stream().mapToInt(sequence -> sequence.length).sorted().toArray();
    int distances = lengths[(lengths.length - 1) / 2];
    List<double[]> sorted =
        IntStream.range(0, distances)
            .mapToObj(
                d ->
                    norms.stream()
                        .filter(sequence -> sequence.length > d)
                        .mapToDouble(sequence -> sequence[d])
                        .sorted()
                        .toArray())
            .toList();
    return new GradientCurve(
        layer,
        sorted.stream().map(all -> Arrays.stream(all).average().orElseThrow()).toList(),
        quantiles(sorted, LOW),
        quantiles(sorted, MIDDLE),
        quantiles(sorted, HIGH),
        gates);
  }

  /** Linear between the two norms around it. */
  private static List<Double> quantiles(List<double[]> sorted, double share) {
    return sorted.stream()
        .map(
            all -> {
              double place = share * (all.length - 1);
              int below = (int) place;
              int above = Math.min(below + 1, all.length - 1);
              return all[below] + (place - below) * (all[above] - all[below]);
            })
        .toList();
  }

  /**
   * The factor of one step back: the geometric mean over all steps but the one at the loss, where
   * other things happen. Below 1 gradients vanish, above they explode. NaN where there are fewer
   * than three norms, or they are 0.
   */
  public double factor() {
    int last = mean.size() - 1;
    return last < 2 || mean.get(1) == 0
        ? Double.NaN
        : Math.pow(mean.get(last) / mean.get(1), 1.0 / (last - 1));
  }
}
