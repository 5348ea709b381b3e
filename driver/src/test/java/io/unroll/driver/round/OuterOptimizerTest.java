package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.driver.config.AveragingSettings.Outer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The formulas, written again in double from the papers, over some rounds of random means. */
class OuterOptimizerTest {
  private static final int SIZE = 50;
  private static final int ROUNDS = 6;
  private static final double MOMENTUM = 0.9;
  private static final double RATE = 0.7;

  private final Random random = new Random(3);

  /** One formula of a paper: what the next round starts from, of where the lanes ended. */
  private interface Paper {
    double[] next(double[] start, double[] mean);
  }

  private void assertFollows(Outer kind, Paper paper) {
    OuterOptimizer optimizer = new OuterOptimizer(kind, MOMENTUM, RATE);
    float[] start = random(1);
    double[] expected = doubles(start);
    float[] velocity = new float[optimizer.stateSize(SIZE)];
    for (int round = 0; round < ROUNDS; round++) {
      float[] way = random(0.1f);
      float[] mean = new float[SIZE];
      double[] expectedMean = new double[SIZE];
      for (int x = 0; x < SIZE; x++) {
        mean[x] = start[x] + way[x];
        expectedMean[x] = expected[x] + way[x];
      }
      optimizer.step(start, mean, velocity);
      start = mean;
      expected = paper.next(expected, expectedMean);
      assertArrayEquals(expected, doubles(start), 1e-5, kind + ", round " + round);
    }
  }

  @Test
  void meanIsTheMeanToTheBit() {
    float[] mean = random(1);
    float[] expected = mean.clone();
    new OuterOptimizer(Outer.MEAN, MOMENTUM, RATE).step(random(1), mean, new float[0]);
    assertArrayEquals(expected, mean);
  }

  @Test
  void blockMomentumIsBmufWithClassicalMomentum() {
    double[] delta = new double[SIZE];
    assertFollows(
        Outer.BLOCK_MOMENTUM,
        (start, mean) -> {
          double[] next = new double[SIZE];
          for (int x = 0; x < SIZE; x++) {
            delta[x] = MOMENTUM * delta[x] + RATE * (mean[x] - start[x]);
            next[x] = start[x] + delta[x];
          }
          return next;
        });
  }

  /** Chen and Huo 2016: W(t) = W(t-1) + Δ(t), and lanes begin at W(t) + η Δ(t). */
  @Test
  void nesterovIsBmufWithNesterovMomentum() {
    double[] delta = new double[SIZE];
    assertFollows(
        Outer.NESTEROV,
        (start, mean) -> {
          double[] next = new double[SIZE];
          for (int x = 0; x < SIZE; x++) {
            double global = start[x] - MOMENTUM * delta[x];
            delta[x] = MOMENTUM * delta[x] + RATE * (mean[x] - start[x]);
            next[x] = global + delta[x] + MOMENTUM * delta[x];
          }
          return next;
        });
  }

  /** DiLoCo: PyTorch's SGD(lr, momentum, nesterov=True) on the gradient W - mean. */
  @Test
  void nesterovIsTheOuterOptimizerOfDiLoCo() {
    double[] buffer = new double[SIZE];
    assertFollows(
        Outer.NESTEROV,
        (start, mean) -> {
          double[] next = new double[SIZE];
          for (int x = 0; x < SIZE; x++) {
            double gradient = start[x] - mean[x];
            buffer[x] = MOMENTUM * buffer[x] + gradient;
            next[x] = start[x] - RATE * (gradient + MOMENTUM * buffer[x]);
          }
          return next;
        });
  }

  @Test
  void tellsTheLengthOfAStep() {
    assertEquals(5, OuterOptimizer.distance(new float[] {1, 2, 3}, new float[] {1, 5, 7}), 1e-12);
  }

  private float[] random(float scale) {
    float[] values = new float[SIZE];
    for (int x = 0; x < SIZE; x++) {
      values[x] = scale * (random.nextFloat() - 0.5f);
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int x = 0; x < values.length; x++) {
      doubles[x] = values[x];
    }
    return doubles;
  }
}
