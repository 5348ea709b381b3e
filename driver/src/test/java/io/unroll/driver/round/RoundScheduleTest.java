package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.run.Progress;
import io.unroll.worker.train.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundScheduleTest {
  private static RoundSchedule schedule(int epochSteps, int interval, int epochs, int warmUp) {
    return new RoundSchedule(
        epochSteps,
        epochs,
        Integer.MAX_VALUE,
        new RoundLength(warmUp, OptionalInt.of(interval)),
        true);
  }

  private static Progress after(Round round, Progress progress) {
    return progress.afterRound(round.stretch().end(), 0, Duration.ZERO);
  }

  private static List<Round> all(RoundSchedule schedule) {
    List<Round> rounds = new ArrayList<>();
    for (Progress at = Progress.none(); !schedule.finished(at); ) {
      Round round = schedule.next(at);
      rounds.add(round);
      at = after(round, at);
    }
    return rounds;
  }

  @ParameterizedTest
  @CsvSource({
    "23,5,3,0,15",
    "23,5,3,2,17",
    "23,5,3,7,21",
    "23,5,2,24,29",
    "23,5,1,50,23",
    "7,50,2,0,2",
    "20,5,2,5,12",
    "1,1,4,0,4"
  })
  void coversEveryStepOfEveryEpochOnce(
      int epochSteps, int interval, int epochs, int warmUp, int count) {
    RoundSchedule schedule = schedule(epochSteps, interval, epochs, warmUp);
    Progress at = Progress.none();
    while (!schedule.finished(at)) {
      assertEquals(count, schedule.rounds(at), "after " + at);
      Round round = schedule.next(at);
      Stretch stretch = round.stretch();
      assertEquals(at.rounds() < warmUp, round.warmUp());
      assertTrue(stretch.count() == 1 || !round.warmUp());
      assertEquals(at.rounds(), round.number());
      assertEquals(at.steps(), stretch.epochOffset() + stretch.first());
      assertEquals(at.steps(), stretch.updates());
      assertTrue(stretch.first() + stretch.count() <= epochSteps);
      at = after(round, at);
      assertEquals(at.steps() % epochSteps == 0, schedule.endsEpoch(at));
      assertEquals(at.steps() / (double) epochSteps, schedule.epochs(at), 1e-12);
    }
    assertEquals(count, at.rounds());
    assertEquals(schedule.totalSteps(), at.steps());
  }

  @Test
  void endsAtTheLimitOfRounds() {
    RoundSchedule schedule =
        new RoundSchedule(23, 3, 4, new RoundLength(0, OptionalInt.of(5)), true);
    assertEquals(4, schedule.rounds(Progress.none()));
    assertEquals(4, all(schedule).size());
  }

  @Test
  void anIntervalLongerThanAnEpochAveragesOncePerEpoch() {
    assertEquals(
        new Round(1, new Stretch(1, 0, 7, 7, 7), false), all(schedule(7, 50, 2, 0)).get(1));
  }

  @Test
  void anOptimizerStateThatIsResetHasSeenNoUpdates() {
    RoundSchedule schedule =
        new RoundSchedule(23, 3, Integer.MAX_VALUE, new RoundLength(0, OptionalInt.of(5)), false);
    assertEquals(new Stretch(1, 10, 5, 23, 0), all(schedule).get(7).stretch());
  }

  @Test
  void measuresUntilTheIntervalIsSettled() {
    RoundSchedule schedule =
        new RoundSchedule(100, 2, Integer.MAX_VALUE, new RoundLength(3, OptionalInt.empty()), true);
    Progress at = Progress.none();
    for (int round = 0; round < 3; round++) {
      assertFalse(schedule.measures(at));
      at = after(schedule.next(at), at);
    }
    assertTrue(schedule.measures(at));
    at = after(schedule.next(at), at);
    assertEquals(3 + RoundLength.MEASURED_STEPS, at.steps());
    Progress settled = at.settled(40);
    assertFalse(schedule.measures(settled));
    assertEquals(40, schedule.next(settled).stretch().count());
    // 87 steps of this epoch are left: 40, 40 and 7; then 40, 40 and 20.
    assertEquals(4 + 3 + 3, schedule.rounds(settled));
  }

  /** Of 17 rounds for 3 epochs of 23 steps, with two of one step first. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "5,17", "6,22", "7,23", "8,28", "17,69", "99,69"})
  void countsTheStepsThatTheRoundsAllow(int maxRounds, int steps) {
    RoundSchedule schedule =
        new RoundSchedule(23, 3, maxRounds, new RoundLength(2, OptionalInt.of(5)), true);
    assertEquals(steps, schedule.steps(Progress.none()));
    List<Round> rounds = all(schedule);
    assertEquals(steps, rounds.get(rounds.size() - 1).stretch().end());
    Progress middle = after(rounds.get(0), Progress.none());
    assertEquals(steps, schedule.steps(middle));
  }
}
