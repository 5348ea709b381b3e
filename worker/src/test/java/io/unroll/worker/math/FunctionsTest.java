package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Accuracy against {@link StrictMath} in double, on a dense grid and at the edges. The bounds are
 * what the polynomials were measured to reach, rounded up.
 */
class FunctionsTest {
  private static final int POINTS = 400_000;

  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void tanhIsWithinFiveUnitsInTheLastPlace() {
    assertTrue(worstUlps(Functions::tanh, StrictMath::tanh, -12, 12) <= 5);
    assertTrue(worstUlps(Functions::tanh, StrictMath::tanh, -1, 1) <= 5);
    assertTrue(worstUlps(Functions::tanh, StrictMath::tanh, -1e-3, 1e-3) <= 5);
  }

  @Test
  void sigmoidIsWithinTwoMillionthsOfATenth() {
    DoubleUnaryOperator exact = x -> 1 / (1 + StrictMath.exp(-x));
    for (int n = 0; n <= POINTS; n++) {
      float x = grid(-100, 100, n);
      assertEquals(exact.applyAsDouble(x), Functions.sigmoid(x), 2e-7, () -> "sigmoid of " + x);
    }
    assertTrue(worstUlps(Functions::sigmoid, exact, -1, 1) <= 2);
  }

  @Test
  void expIsWithinOneUnitInTheLastPlace() {
    assertTrue(worstUlps(Functions::exp, StrictMath::exp, -87, 88) <= 1);
    assertTrue(worstUlps(Functions::exp, StrictMath::exp, -1, 1) <= 1);
  }

  @Test
  void areExactAtZero() {
    assertEquals(0f, Functions.tanh(0f));
    assertEquals(-0f, Functions.tanh(-0f));
    assertEquals(0.5f, Functions.sigmoid(0f));
    assertEquals(1f, Functions.exp(0f));
  }

  @Test
  void stayInRangeAtTheEnds() {
    for (float x : new float[] {50f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
      assertEquals(1f, Functions.tanh(x), 5 * Math.ulp(1f));
      assertEquals(-1f, Functions.tanh(-x), 5 * Math.ulp(1f));
      assertTrue(Functions.tanh(x) <= 1f && Functions.tanh(-x) >= -1f);
      assertTrue(Functions.sigmoid(x) <= 1f && Functions.sigmoid(-x) >= 0f);
    }
    assertEquals(Functions.exp(88f), Functions.exp(Float.POSITIVE_INFINITY));
    assertEquals(Functions.exp(-87f), Functions.exp(Float.NEGATIVE_INFINITY));
  }

  @Test
  void passNotANumberOn() {
    assertTrue(Float.isNaN(Functions.tanh(Float.NaN)));
    assertTrue(Float.isNaN(Functions.sigmoid(Float.NaN)));
    assertTrue(Float.isNaN(Functions.exp(Float.NaN)));
  }

  @Test
  void tanhIsOdd() {
    for (int n = 0; n <= POINTS; n++) {
      float x = grid(0, 12, n);
      assertEquals(-Functions.tanh(x), Functions.tanh(-x));
    }
  }

  private static float grid(double from, double to, int n) {
    return (float) (from + (to - from) * n / POINTS);
  }

  private static double worstUlps(
      FloatFunction function, DoubleUnaryOperator exact, double from, double to) {
    double worst = 0;
    for (int n = 0; n <= POINTS; n++) {
      float x = grid(from, to, n);
      double expected = exact.applyAsDouble(x);
      double error = Math.abs(function.apply(x) - expected) / Math.ulp((float) expected);
      worst = Math.max(worst, error);
    }
    return worst;
  }
}
