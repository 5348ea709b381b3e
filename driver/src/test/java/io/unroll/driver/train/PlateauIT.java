package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.RunEvent;
import io.unroll.driver.report.ValidationMetrics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A learning rate that falls where validations are no better. */
class PlateauIT extends RunsOnSpark {
  private static final double FACTOR = 0.25;

  /** High enough for validations that are worse. */
  private static final double RATE = 0.05;

  private static RunConfiguration plateau(String run) {
    return configuration(
        run,
        Map.of(
            "optimizer.learning-rate", "" + RATE,
            "optimizer.schedule", "plateau",
            "optimizer.step-factor", "" + FACTOR,
            "training.epochs", "6",
            "validation.every", "1"));
  }

  @Test
  void fallsAfterEachValidationThatIsNotTheBestAlsoInARunThatIsInterrupted() throws IOException {
    train("local[2]", plateau("whole"), RunsOnSpark::never);
    double expected = RATE;
    int falls = 0;
    for (RunEvent event : events("whole")) {
      if (event instanceof RoundMetrics round) {
        assertEquals(expected, round.learningRate(), 1e-12);
      } else if (event instanceof ValidationMetrics validation && !validation.best()) {
        expected *= FACTOR;
        falls++;
      }
    }
    assertTrue(falls > 0, "no validation was worse than one before");

    AtomicInteger asked = new AtomicInteger();
    while (train("local[1]", plateau("broken"), () -> asked.incrementAndGet() % 3 == 0)
        == TrainingOutcome.INTERRUPTED) {
      assertTrue(asked.get() < 100);
    }
    assertArrayEquals(parameters("whole"), parameters("broken"));
  }
}
