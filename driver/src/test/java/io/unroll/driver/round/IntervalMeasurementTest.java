package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalMeasurementTest {
  /** Rounds as of a machine that computes a step in 10 ms and averages in 100 ms. */
  private static void add(IntervalMeasurement measurement, int rounds) {
    for (int round = 0; round < rounds; round++) {
      measurement.add(0.1, 0.1, 10);
    }
  }

  @Test
  void takesTheSmallestIntervalWithinTheShare() {
    IntervalMeasurement measurement = new IntervalMeasurement(0.05);
    add(measurement, IntervalMeasurement.WARM_UP + IntervalMeasurement.ROUNDS);
    int interval = measurement.interval().orElseThrow();
    assertEquals(190, interval);
    assertTrue(0.1 / (0.1 + interval * 0.01) <= 0.05);
    assertTrue(0.1 / (0.1 + (interval - 1) * 0.01) > 0.05);
  }

  @Test
  void waitsForEnoughRoundsAndPassesOverTheFirst() {
    IntervalMeasurement measurement = new IntervalMeasurement(0.5);
    for (int round = 0; round < IntervalMeasurement.WARM_UP; round++) {
      measurement.add(100, 0.001, 10);
    }
    add(measurement, IntervalMeasurement.ROUNDS - 1);
    assertTrue(measurement.interval().isEmpty());
    add(measurement, 1);
    assertEquals(10, measurement.interval().orElseThrow());
  }

  @Test
  void isNotMovedByOneSlowRound() {
    IntervalMeasurement measurement = new IntervalMeasurement(0.5);
    add(measurement, IntervalMeasurement.WARM_UP + IntervalMeasurement.ROUNDS - 1);
    measurement.add(9, 0.1, 10);
    assertEquals(10, measurement.interval().orElseThrow());
  }

  @Test
  void averagesAtLeastAfterEveryStep() {
    IntervalMeasurement measurement = new IntervalMeasurement(0.5);
    for (int round = 0; round < 10; round++) {
      measurement.add(0, 0.1, 10);
    }
    assertEquals(1, measurement.interval().orElseThrow());
  }
}
