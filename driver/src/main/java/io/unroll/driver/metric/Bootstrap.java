package io.unroll.driver.metric;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.function.ToDoubleFunction;

/**
 * The bootstrap (Efron and Tibshirani 1993; for translations Koehn 2004): what a number would be
 * for other samples of as many items, each drawn with replacement from those that there are. The
 * seed is fixed and a sample depends on nothing but the number of items, so two numbers of the same
 * items are found for the same samples, as pairs.
 */
public final class Bootstrap {
  /** Samples that are drawn. */
  public static final int RESAMPLES = 1_000;

  private Bootstrap() {}

  /**
   * A number for each sample.
   *
   * @param count items that there are
   * @param statistic gets the places of the items that were drawn, 0 to count - 1; it is not to
   *     keep the array, which is used again
   */
  public static double[] statistics(int count, ToDoubleFunction<int[]> statistic) {
    double[] statistics = new double[RESAMPLES];
    int[] drawn = new int[count];
    for (int sample = 0; sample < RESAMPLES; sample++) {
      RandomStream random = new RandomStream(1, Purpose.SAMPLING, 0, sample);
      for (int x = 0; x < count; x++) {
        drawn[x] = random.nextInt(count);
      }
      statistics[sample] = statistic.applyAsDouble(drawn);
    }
    return statistics;
  }
}
