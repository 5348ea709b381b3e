package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LearningRateTest {
  private static final long TOTAL = 110;

  @Test
  void constantStaysAfterALinearWarmUp() {
    LearningRate rate = new Constant(0.4, 4);
    assertEquals(0.1, rate.at(0, TOTAL), 1e-15);
    assertEquals(0.2, rate.at(1, TOTAL), 1e-15);
    assertEquals(0.4, rate.at(3, TOTAL), 1e-15);
    assertEquals(0.4, rate.at(4, TOTAL));
    assertEquals(0.4, rate.at(TOTAL + 1000, TOTAL));
  }

  @Test
  void hasNoWarmUpUnlessAskedFor() {
    assertEquals(0.4, new Constant(0.4, 0).at(0, TOTAL));
    assertEquals(0.4, new StepDecay(0.4, 0, 0.5, 10).at(0, TOTAL));
    assertEquals(0.4, new Cosine(0.4, 0, 0).at(0, TOTAL));
  }

  @Test
  void stepDecayMultipliesEverySoManySteps() {
    LearningRate rate = new StepDecay(0.8, 2, 0.5, 10);
    assertEquals(0.4, rate.at(0, TOTAL));
    assertEquals(0.8, rate.at(9, TOTAL));
    assertEquals(0.4, rate.at(10, TOTAL));
    assertEquals(0.1, rate.at(35, TOTAL));
    assertEquals(rate.at(TOTAL - 1, TOTAL), rate.at(TOTAL + 50, TOTAL));
  }

  @Test
  void plateauMultipliesAfterValidationsInARowWithoutImprovement() {
    LearningRate rate = new Plateau(0.8, 4, 0.25, 1);
    assertEquals(0.2, rate.at(0, TOTAL, 0));
    assertEquals(0.8, rate.at(9, TOTAL, 0));
    assertEquals(0.05, rate.at(9, TOTAL, 2));
    assertEquals(
        List.of(false, false, true, false, true, false),
        IntStream.range(0, 6).mapToObj(rate::reducesAfter).toList());
    assertEquals(
        List.of(false, true, true),
        IntStream.range(0, 3).mapToObj(new Plateau(1, 0, 0.5, 0)::reducesAfter).toList());
  }

  @Test
  void othersAreNotReduced() {
    for (LearningRate rate :
        List.of(new Constant(1, 0), new StepDecay(1, 0, 0.5, 3), new Cosine(1, 0, 0))) {
      assertFalse(rate.reducesAfter(1));
      assertEquals(rate.at(5, TOTAL), rate.at(5, TOTAL, 3));
    }
  }

  @Test
  void cosineFallsFromTheWarmUpToTheEnd() {
    LearningRate rate = new Cosine(0.4, 10, 0);
    assertEquals(0.04, rate.at(0, TOTAL), 1e-15);
    assertEquals(0.4, rate.at(10, TOTAL), 1e-15);
    assertEquals(0.4 * (1 + Math.cos(Math.PI / 4)) / 2, rate.at(35, TOTAL), 1e-15);
    assertEquals(0.2, rate.at(60, TOTAL), 1e-15);
    assertEquals(0, rate.at(110, TOTAL), 1e-15);
    assertEquals(0, rate.at(500, TOTAL), 1e-15);
  }

  @Test
  void cosineEndsAtItsFinalFraction() {
    LearningRate rate = new Cosine(0.4, 10, 0.1);
    assertEquals(0.4, rate.at(10, TOTAL), 1e-15);
    assertEquals(0.22, rate.at(60, TOTAL), 1e-15);
    assertEquals(0.04, rate.at(110, TOTAL), 1e-15);
  }

  @Test
  void survivesAWarmUpLongerThanTheRun() {
    assertEquals(0.4, new Cosine(0.4, 500, 0).at(499, TOTAL), 1e-15);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertMessage("Invalid optimizer.learning-rate: 0.0 (expected > 0)", () -> new Constant(0, 0));
    assertMessage(
        "Invalid optimizer.learning-rate: NaN (expected > 0)", () -> new Cosine(Double.NaN, 0, 0));
    assertMessage(
        "Invalid optimizer.warm-up: -1 (expected 0 or more steps)", () -> new Constant(1, -1));
    assertMessage(
        "Invalid optimizer.step-factor: 1.5 (expected 0 < step-factor <= 1)",
        () -> new StepDecay(1, 0, 1.5, 1));
    assertMessage(
        "Invalid optimizer.step-factor: 0.0 (expected 0 < step-factor <= 1)",
        () -> new Plateau(1, 0, 0, 0));
    assertMessage(
        "Invalid optimizer.plateau-patience: -1 (expected at least 0)",
        () -> new Plateau(1, 0, 0.5, -1));
    assertMessage(
        "Invalid optimizer.final-fraction: -0.5 (expected 0 to 1)", () -> new Cosine(1, 0, -0.5));
  }

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }
}
