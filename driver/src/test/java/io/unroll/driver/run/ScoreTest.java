package io.unroll.driver.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Which of two models is better. */
class ScoreTest {
  private static Score label(double loss, double accuracy) {
    return new Score(loss, OptionalDouble.of(accuracy));
  }

  @Test
  void languageModelsAreJudgedByTheirLoss() {
    assertTrue(Score.ofLoss(1).beats(Score.ofLoss(2)));
    assertFalse(Score.ofLoss(1).beats(Score.ofLoss(1)));
    assertFalse(Score.ofLoss(Double.NaN).beats(Score.ofLoss(1)));
  }

  @Test
  void labelersAreJudgedByTheirAccuracyAndThenByTheirLoss() {
    assertTrue(label(2, 0.8).beats(label(1, 0.7)));
    assertFalse(label(1, 0.7).beats(label(2, 0.8)));
    assertTrue(label(1, 0.8).beats(label(2, 0.8)));
    assertFalse(label(2, 0.8).beats(label(2, 0.8)));
  }

  @Test
  void anAccuracyIsAShare() {
    assertThrows(IllegalArgumentException.class, () -> label(1, 1.5));
    assertThrows(IllegalArgumentException.class, () -> label(1, Double.NaN));
  }
}
