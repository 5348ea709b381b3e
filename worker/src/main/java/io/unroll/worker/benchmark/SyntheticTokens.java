package io.unroll.worker.benchmark;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;

/**
 * Tokens to measure with. Up to {@value #LARGEST_UNIFORM} kinds, as of characters, are equally
 * likely. Above that they are drawn as words are distributed, by the law of Zipf in the form of
 * Mandelbrot (1953): the token of id x has rank r = x + 1 and probability proportional to 1 / (r +
 * {@value #SHIFT}). How often words repeat decides how many rows of an embedding a step touches.
 *
 * <p>A pure function of (vocabulary, seed, lane); {@code bench/pytorch.py} draws from the same
 * distributions.
 */
final class SyntheticTokens {
  static final int LARGEST_UNIFORM = 1000;
  static final double SHIFT = 2.7;

  private SyntheticTokens() {}

  /** Draws count tokens of 0 … vocabulary-1. */
  static int[] draw(int vocabulary, int count, long seed, int lane) {
    RandomStream random = new RandomStream(seed, Purpose.BENCHMARK, lane, 0);
    int[] tokens = new int[count];
    if (vocabulary <= LARGEST_UNIFORM) {
      Arrays.setAll(tokens, x -> random.nextInt(vocabulary));
    } else {
      double[] cumulated = cumulatedWeights(vocabulary);
      Arrays.setAll(tokens, x -> invert(cumulated, random.nextDouble()));
    }
    return tokens;
  }

  private static double[] cumulatedWeights(int vocabulary) {
    double[] cumulated = new double[vocabulary];
    double sum = 0;
    for (int x = 0; x < vocabulary; x++) {
      sum += 1 / (x + 1 + SHIFT);
      cumulated[x] = sum;
    }
    return cumulated;
  }

  /** The first index whose cumulated weight exceeds the given share of all weight. */
  private static int invert(double[] cumulated, double share) {
    double wanted = share * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, wanted);
    return Math.min(found >= 0 ? found + 1 : -found - 1, cumulated.length - 1);
  }
}
