package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.evaluate.LabelScores.Band;
import io.unroll.driver.metric.Interval;
import io.unroll.worker.model.Tally;
import org.junit.jupiter.api.Test;

/** The figures of a labeler, against some that were worked out by hand. */
class LabelScoresTest {
  /** Ten of label 0, of which eight were found; five of 1, of which two were; none of 2. */
  private static LabelScores scores() {
    long[] confusion = {8, 1, 1, 3, 2, 0, 0, 0, 0};
    int[] examples = new int[30];
    for (int x = 0; x < 15; x++) {
      examples[2 * x] = x < 10 ? 1 : 0;
      examples[2 * x + 1] = 1;
    }
    long[] bands = new long[2 * Band.values().length];
    bands[LabelScores.place(Band.UNKNOWN)] = 1;
    bands[LabelScores.place(Band.UNKNOWN) + 1] = 4;
    return new LabelScores(Tally.ofAnswers(7.5, 15, 10), confusion, examples, bands);
  }

  @Test
  void precisionRecallAndF1AreThoseOfTheDefinitions() {
    LabelScores scores = scores();
    assertEquals(10, scores.support(0));
    assertEquals(8 / 11.0, scores.precision(0), 1e-12);
    assertEquals(0.8, scores.recall(0), 1e-12);
    assertEquals(16 / 21.0, scores.f1(0), 1e-12);
    assertEquals(2 / 3.0, scores.precision(1), 1e-12);
    assertEquals(0.4, scores.recall(1), 1e-12);
    assertEquals(0.5, scores.f1(1), 1e-12);
    assertEquals(0, scores.f1(2), 1e-12);
    assertEquals((16 / 21.0 + 0.5) / 2, scores.macroF1(), 1e-12); // the split has no label 2
    assertEquals(10 / 15.0, scores.tally().accuracy(), 1e-12);
  }

  @Test
  void bandsTellOnlyWhatThereIs() {
    assertEquals(0.25, scores().accuracy(Band.UNKNOWN).getAsDouble(), 1e-12);
    assertEquals(4, scores().count(Band.UNKNOWN));
    assertTrue(scores().accuracy(Band.OFTEN).isEmpty());
  }

  @Test
  void partsAddUp() {
    LabelScores both = scores().plus(scores());
    assertEquals(20, both.support(0));
    assertEquals(30, both.tally().predictions());
    assertEquals(60, both.examples().length);
    assertEquals(8, both.count(Band.UNKNOWN));
    assertEquals(scores().macroF1(), both.macroF1(), 1e-12);
  }

  @Test
  void theIntervalHoldsTheAccuracyAndIsTheSameEveryTime() {
    Interval interval = scores().interval();
    assertTrue(interval.low() < 10 / 15.0 && 10 / 15.0 < interval.high(), interval::toString);
    // Fifteen coins of 2/3: a standard deviation of 0.122.
    assertEquals(10 / 15.0 - 2 * 0.122, interval.low(), 0.07);
    assertEquals(10 / 15.0 + 2 * 0.122, interval.high(), 0.07);
    assertEquals(interval, scores().interval());
  }
}
