package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClippingTest {
  @Test
  void scalesALongGradientToTheMaximalNorm() {
    assertEquals(0.1, new Clipping(0.5).scale(5), 1e-7);
  }

  @Test
  void leavesAShortGradientAlone() {
    assertEquals(1, new Clipping(5.1).scale(5));
    assertEquals(1, new Clipping(1).scale(0));
  }

  @Test
  void takesNormsBeyondTheRangeOfFloatSquares() {
    assertEquals(2e-31, new Clipping(1).scale(5e30), 1e-37);
  }

  @Test
  void leavesEveryGradientAloneWithoutClipping() {
    assertEquals(1, Clipping.NONE.scale(500));
  }

  @Test
  void rejectsAMaximalNormThatIsNotPositive() {
    for (double maxNorm : new double[] {0, -1, Double.NaN}) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> new Clipping(maxNorm));
      assertEquals("Invalid clipping.max-norm: " + maxNorm + " (expected > 0)", error.getMessage());
    }
  }
}
