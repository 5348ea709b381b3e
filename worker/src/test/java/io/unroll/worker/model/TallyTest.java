package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Tally FIRST = Tally.ofStep(6, 2, 9, 0.5, false);
  private static final Tally SECOND = Tally.ofStep(4, 2, 5, 1.5, true);

  @Test
  void addsUp() {
    Tally both = FIRST.plus(SECOND);
    assertEquals(new Tally(2, 10, 4, 14, 2, 1.5, 1, 0, 0), both);
    assertEquals(both, SECOND.plus(FIRST));
    assertEquals(FIRST, Tally.NONE.plus(FIRST));
  }

  @Test
  void isReportedAsMeans() {
    Tally both = FIRST.plus(SECOND);
    assertEquals(1.4, both.meanLoss(), 1e-12);
    assertEquals(Math.exp(1.4), both.perplexity(), 1e-12);
    assertEquals(1.4 / Math.log(2), both.bitsPerPrediction(), 1e-12);
    assertEquals(3.5, both.lossOfSequence());
    assertEquals(1, both.meanNorm());
    assertEquals(0.5, both.clippedShare());
  }

  @Test
  void ofAnEvaluationHasNoSteps() {
    Tally loss = Tally.ofLoss(3, 2).plus(Tally.ofLoss(1, 2));
    assertEquals(1, loss.meanLoss());
    assertEquals(0, loss.steps());
    assertEquals(0, Tally.NONE.lossOfSequence());
  }
}
