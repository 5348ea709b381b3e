package io.unroll.worker.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.parallel.Range;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutMasksTest {
  private static final int COUNT = 100_001;

  @Test
  void keepsTheGivenShareAndTheMean() {
    float[] mask = mask(new DropoutMasks(1, 2, 3), 0, 0.2);
    long dropped = 0;
    double sum = 0;
    for (float factor : mask) {
      dropped += factor == 0 ? 1 : 0;
      sum += factor;
    }
    // Four standard deviations, sqrt(0.2 * 0.8 / 100001) = 0.0013 each.
    assertEquals(0.2, (double) dropped / COUNT, 0.005);
    assertEquals(1, sum / COUNT, 0.0065);
  }

  @Test
  void differsInSeedLaneStepAndConnectionOnly() {
    float[] mask = mask(new DropoutMasks(1, 2, 3), 1, 0.5);
    assertArrayEquals(mask, mask(new DropoutMasks(1, 2, 3), 1, 0.5));
    for (float[] other :
        new float[][] {
          mask(new DropoutMasks(9, 2, 3), 1, 0.5),
          mask(new DropoutMasks(1, 9, 3), 1, 0.5),
          mask(new DropoutMasks(1, 2, 9), 1, 0.5),
          mask(new DropoutMasks(1, 2, 3), 9, 0.5)
        }) {
      int equal = 0;
      for (int x = 0; x < COUNT; x++) {
        equal += mask[x] == other[x] ? 1 : 0;
      }
      // Independent masks agree in half of the elements, with a standard deviation of 0.0016.
      assertEquals(0.5, (double) equal / COUNT, 0.008);
    }
  }

  @Test
  void shorterMasksAreBeginningsOfLongerOnes() {
    DropoutMasks masks = new DropoutMasks(5, 0, 0);
    float[] shorter = new float[12];
    masks.draw(0, 0.5, new Range(0, 9), shorter, 2);
    float[] longer = mask(masks, 0, 0.5);
    assertArrayEquals(Arrays.copyOf(longer, 9), Arrays.copyOfRange(shorter, 2, 11));
    assertEquals(0, shorter[11]);
  }

  private static float[] mask(DropoutMasks masks, int connection, double probability) {
    float[] mask = new float[COUNT];
    masks.draw(connection, probability, new Range(0, COUNT), mask, 0);
    return mask;
  }
}
