package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void isThatOfStrictMath() {
    for (double x = 0; x > -700; x -= 0.0137) {
      double expected = StrictMath.exp(x);
      assertEquals(expected, Exponential.of(x), 4e-16 * expected);
    }
  }

  @Test
  void isOneAtZeroAndNothingFarBelow() {
    assertEquals(1, Exponential.of(0));
    assertEquals(1, Exponential.of(-0.0));
    assertEquals(1, Exponential.of(-Double.MIN_VALUE));
    assertEquals(0, Exponential.of(-701));
    assertEquals(0, Exponential.of(-6.8e38));
  }
}
