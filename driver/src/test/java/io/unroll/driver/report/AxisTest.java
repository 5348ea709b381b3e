package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({
    "1.26, 3.05,     1.0 1.5 2.0 2.5 3.0 3.5",
    "0, 0.004,       0 0.001 0.002 0.003 0.004",
    "0, 0.00005,     0 1e-5 2e-5 3e-5 4e-5 5e-5",
    "0, 43210,       0 10k 20k 30k 40k 50k",
    "0, 2500000,     0 0.5M 1M 1.5M 2M 2.5M",
    "0, 100,         0 20 40 60 80 100",
    "110, 146,       110 120 130 140 150",
    "-3, 4,          -4 -2 0 2 4",
  })
  void beginsAndEndsAtRoundTicks(double low, double high, String labels) {
    Axis axis = Axis.around(low, high, 5);
    assertEquals(labels, labels(axis));
    assertTrue(axis.low() <= low && high <= axis.high());
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1.5", "0, 0", "1e-9, 1e-9", "-7, -7", "1e300, 1e300"})
  void hasTicksForOneValue(double low, double high) {
    Axis axis = Axis.around(low, high, 5);
    assertTrue(axis.ticks().size() >= 2, axis.toString());
    assertTrue(axis.low() <= low && high <= axis.high() && axis.low() < axis.high());
  }

  @Test
  void keepsToExactRange() {
    Axis axis = Axis.exactly(0, 29.2, 8);
    assertEquals("0 5 10 15 20 25", labels(axis));
    assertEquals(0.5, axis.position(14.6));
    assertEquals(1, axis.position(29.2));
  }

  @Test
  void hasPowersOfTenOnLogarithmicAxis() {
    Axis axis = Axis.logarithmic(0.3, 1500);
    assertEquals("0.1 1 10 100 1k 10k", labels(axis));
    assertEquals(0.4, axis.position(10), 1e-12);
  }

  @Test
  void putsWhatIsOutsideAtTheEnds() {
    assertEquals(0, Axis.logarithmic(1, 10).position(0));
    assertEquals(1, Axis.around(0, 10, 5).position(Double.POSITIVE_INFINITY));
  }

  private static String labels(Axis axis) {
    return axis.ticks().stream().map(axis::label).collect(Collectors.joining(" "));
  }
}
