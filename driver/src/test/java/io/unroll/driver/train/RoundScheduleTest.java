package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.train.Stretch;
import org.junit.jupiter.api.Test;

class RoundScheduleTest {
  @Test
  void coversEveryStepOfEveryEpochOnce() {
    RoundSchedule schedule = new RoundSchedule(23, 5, 3, Integer.MAX_VALUE, true);
    assertEquals(15, schedule.rounds());
    long next = 0;
    for (int r = 0; r < schedule.rounds(); r++) {
      Round round = schedule.round(r);
      assertEquals(next, round.stretch().epochOffset() + round.stretch().first());
      assertEquals(next, round.stretch().updates());
      next += round.stretch().count();
      assertEquals(next / 23.0, schedule.epochsAfter(r + 1), 1e-12);
    }
    assertEquals(schedule.totalSteps(), next);
  }

  @Test
  void endsAtTheLimitOfRounds() {
    assertEquals(4, new RoundSchedule(23, 5, 3, 4, true).rounds());
  }

  @Test
  void anIntervalLongerThanAnEpochAveragesOncePerEpoch() {
    RoundSchedule schedule = new RoundSchedule(7, 50, 2, Integer.MAX_VALUE, true);
    assertEquals(2, schedule.rounds());
    assertEquals(new Round(1, new Stretch(1, 0, 7, 7, 7)), schedule.round(1));
  }

  @Test
  void anOptimizerStateThatIsResetHasSeenNoUpdates() {
    RoundSchedule schedule = new RoundSchedule(23, 5, 3, Integer.MAX_VALUE, false);
    assertEquals(new Stretch(1, 10, 5, 23, 0), schedule.round(7).stretch());
  }
}
