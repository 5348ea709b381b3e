package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.unroll.driver.config.AveragingSettings.Outer;
import io.unroll.worker.train.Stretch;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailAverageTest {
  private static final int SIZE = 20;
  private static final int OFFSET = 3;

  /** The same mean, from the weight t^(1/s) of each round's end less that of its beginning. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.5})
  void weighsRoundsByTheirStepsToThePowerOfOneOverTheShare(double share) {
    TailAverage tail = new TailAverage(share);
    Random random = new Random(5);
    float[] state = new float[OFFSET + SIZE];
    double[] sum = new double[SIZE];
    double weights = 0;
    long begin = 0;
    for (int round = 0; round < 40; round++) {
      long end = begin + 1 + random.nextInt(10);
      double weight = Math.pow((double) end, 1 / share) - Math.pow((double) begin, 1 / share);
      float[] parameters = new float[SIZE];
      for (int x = 0; x < SIZE; x++) {
        parameters[x] = (float) random.nextGaussian();
        sum[x] += weight * parameters[x];
      }
      weights += weight;
      tail.add(begin, end, parameters, state, OFFSET);
      for (int x = 0; x < SIZE; x++) {
        assertEquals(sum[x] / weights, state[OFFSET + x], 1e-6);
      }
      begin = end;
    }
    assertArrayEquals(new float[OFFSET], java.util.Arrays.copyOf(state, OFFSET));
  }

  @Test
  void theFirstRoundIsAllOfIt() {
    float[] state = {7};
    new TailAverage(0.2).add(0, 10, new float[] {3}, state, 0);
    assertEquals(3, state[0]);
  }

  @Test
  void outerStepKeepsTheVelocityBeforeTheMean() {
    OuterStep step =
        new OuterStep(new OuterOptimizer(Outer.BLOCK_MOMENTUM, 0.5, 1), new TailAverage(0.5));
    float[] state = new float[step.stateSize(1)];
    float[] mean = {1};
    step.take(round(0, 10), new float[1], mean, state);
    assertArrayEquals(new float[] {1, 1}, state);
    float[] next = {2};
    step.take(round(10, 10), mean, next, state);
    assertArrayEquals(new float[] {2.5f}, next);
    // 1 and 2.5 with the weights 1 and 3 of squares of steps.
    assertArrayEquals(new float[] {1.5f, 2.125f}, state);
    assertArrayEquals(new float[] {2.125f}, step.average(state, 1).orElseThrow());
  }

  @Test
  void noneIsKeptUnlessAskedFor() {
    OuterStep step = new OuterStep(new OuterOptimizer(Outer.NESTEROV, 0.5, 1), new TailAverage(0));
    assertEquals(SIZE, step.stateSize(SIZE));
    assertFalse(step.average(new float[SIZE], SIZE).isPresent());
  }

  private static Round round(int first, int steps) {
    return new Round(first, new Stretch(0, first, steps, 0, first), false);
  }
}
