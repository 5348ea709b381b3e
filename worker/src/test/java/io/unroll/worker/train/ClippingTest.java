package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.PlainKernels;
import org.junit.jupiter.api.Test;

class ClippingTest {
  private final Kernels kernels = new PlainKernels();

  @Test
  void scalesALongGradientToTheMaximalNorm() {
    float[] gradient = {3f, -4f};
    assertEquals(5, new NormClip(0.5).clip(gradient, kernels));
    assertArrayEquals(new float[] {0.3f, -0.4f}, gradient, 1e-6f);
  }

  @Test
  void leavesAShortGradientAlone() {
    float[] gradient = {3f, -4f};
    assertEquals(5, new NormClip(5.1).clip(gradient, kernels));
    assertArrayEquals(new float[] {3f, -4f}, gradient);
  }

  @Test
  void leavesAZeroGradientAlone() {
    float[] gradient = new float[5];
    assertEquals(0, new NormClip(1).clip(gradient, kernels));
    assertArrayEquals(new float[5], gradient);
  }

  @Test
  void reportsTheNormWithoutClipping() {
    float[] gradient = {300f, -400f};
    assertEquals(500, new NoClip().clip(gradient, kernels));
    assertArrayEquals(new float[] {300f, -400f}, gradient);
  }

  @Test
  void reportsANormThatIsNotFiniteAndLeavesTheGradientAlone() {
    float[] notANumber = {1f, Float.NaN};
    assertTrue(Double.isNaN(new NormClip(1).clip(notANumber, kernels)));
    assertEquals(1f, notANumber[0]);
    float[] infinite = {1f, Float.NEGATIVE_INFINITY};
    assertEquals(Double.POSITIVE_INFINITY, new NormClip(1).clip(infinite, kernels));
    assertEquals(1f, infinite[0]);
  }

  @Test
  void takesNormsBeyondTheRangeOfFloatSquares() {
    float[] gradient = {3e30f, 4e30f};
    assertEquals(5e30, new NormClip(1).clip(gradient, kernels), 1e24);
    assertArrayEquals(new float[] {0.6f, 0.8f}, gradient, 1e-6f);
  }

  @Test
  void rejectsAMaximalNormThatIsNotPositive() {
    for (double maxNorm : new double[] {0, -1, Double.NaN}) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> new NormClip(maxNorm));
      assertEquals("Invalid clipping.max-norm: " + maxNorm + " (expected > 0)", error.getMessage());
    }
  }
}
