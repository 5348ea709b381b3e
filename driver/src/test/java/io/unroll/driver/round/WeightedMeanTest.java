package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {
  @Test
  void oneLaneIsKeptToTheBit() {
    Random random = new Random(7);
    for (int weight : new int[] {1, 3, 2048, 102_400, (1 << 29) - 1}) {
      float[] values = new float[1000];
      for (int x = 0; x < values.length; x++) {
        values[x] = Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF);
      }
      WeightedMean mean = new WeightedMean(0);
      mean.add(weight, values);
      assertArrayEquals(values, mean.mean().orElseThrow());
    }
  }

  @Test
  void weighsByWorkDone() {
    WeightedMean mean = new WeightedMean(0);
    mean.add(3, new float[] {1, 10});
    mean.add(0, new float[] {100, 100});
    mean.add(1, new float[] {5, 2});
    assertArrayEquals(new float[] {2, 8}, mean.mean().orElseThrow());
  }

  @Test
  void hasNoMeanOfNothing() {
    WeightedMean mean = new WeightedMean(0);
    mean.add(0, new float[] {1});
    assertTrue(mean.mean().isEmpty());
  }

  @Test
  void tellsTheSpreadOfTheLeadingElements() {
    WeightedMean mean = new WeightedMean(2);
    mean.add(3, new float[] {1, 10, 7});
    mean.add(0, new float[] {100, 100, 100});
    mean.add(1, new float[] {5, 2, -7});
    // Around (2, 8): 3 · (1 + 4) and 1 · (9 + 36), over 4.
    assertEquals((3 * 5 + 45) / 4.0, mean.spread(), 1e-12);
  }
}
