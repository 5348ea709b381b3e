package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.ValidationMetrics;
import io.unroll.driver.round.IntervalMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to join lanes: each learns, each is exact on any cores and in any number of starts. */
class AveragingIT extends RunsOnSpark {
  private static Map<String, String> joined(String outer, String state, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("averaging.outer", outer);
    settings.put("averaging.optimizer-state", state);
    settings.putAll(more);
    return settings;
  }

  private static double lastLoss(String run) throws IOException {
    List<ValidationMetrics> validations = only(ValidationMetrics.class, events(run));
    return validations.get(validations.size() - 1).loss();
  }

  @ParameterizedTest
  @CsvSource({
    "mean,keep,adam",
    "block-momentum,average,adam",
    "nesterov,keep,adam",
    "nesterov,reset,momentum"
  })
  void interruptedOnOtherCoresItGivesTheSameBytes(String outer, String state, String optimizer)
      throws IOException {
    String name = outer + "-" + state;
    Map<String, String> settings =
        joined(outer, state, Map.of("optimizer.kind", optimizer, "averaging.warm-up", "3"));
    train("local[2]", configuration(name + "-whole", settings), RunsOnSpark::never);
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier nowAndThen = () -> asked.incrementAndGet() % 4 == 0;
    RunConfiguration broken = configuration(name + "-broken", settings);
    while (train("local[1]", broken, nowAndThen) == TrainingOutcome.INTERRUPTED) {
      assertTrue(asked.get() < 100);
    }
    assertTrue(asked.get() > 8, "it was interrupted once only");
    assertArrayEquals(parameters(name + "-whole"), parameters(name + "-broken"));
  }

  @Test
  void theMeanOverTheLastPartIsKeptExactlyJudgedAndTheModelIfItIsBetter() throws IOException {
    Map<String, String> settings =
        joined(
            "nesterov",
            "average",
            Map.of("averaging.tail", "0.3", "averaging.warm-up", "3", "training.epochs", "3"));
    train("local[2]", configuration("tail-whole", settings), RunsOnSpark::never);
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier nowAndThen = () -> asked.incrementAndGet() % 5 == 0;
    RunConfiguration broken = configuration("tail-broken", settings);
    while (train("local[1]", broken, nowAndThen) == TrainingOutcome.INTERRUPTED) {
      assertTrue(asked.get() < 100);
    }
    assertArrayEquals(
        ofLastCheckpoint("tail-whole", "outer.safetensors"),
        ofLastCheckpoint("tail-broken", "outer.safetensors"));

    List<ValidationMetrics> validations = only(ValidationMetrics.class, events("tail-whole"));
    ValidationMetrics last = validations.get(validations.size() - 1);
    double average = last.scores().get(ValidationMetrics.AVERAGE_LOSS);
    double expected = Math.min(last.loss(), average);
    assertNotEquals(last.loss(), average);

    // A run that continues from the model judges it first.
    Map<String, String> goingOn =
        Map.of(
            "continue-from",
            folder.resolve("tail-whole/best").toString(),
            "training.max-rounds",
            "1");
    train("local[2]", configuration("from-tail", goingOn), RunsOnSpark::never);
    assertEquals(expected, only(ValidationMetrics.class, events("from-tail")).get(0).loss(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"mean,keep", "block-momentum,keep", "nesterov,average"})
  void learns(String outer, String state) throws IOException {
    String name = "learning-" + outer + "-" + state;
    train(
        "local[2]",
        configuration(name, joined(outer, state, Map.of("training.epochs", "8"))),
        RunsOnSpark::never);
    double first = only(ValidationMetrics.class, events(name)).get(0).loss();
    assertTrue(lastLoss(name) < first - 0.5, first + " then " + lastLoss(name));
  }

  @Test
  void oneLaneThatKeepsItsStateIsOneLaneThatAveragesIt() throws IOException {
    Map<String, String> one = Map.of("averaging.lanes", "1");
    train("local[2]", configuration("one-keep", joined("mean", "keep", one)), RunsOnSpark::never);
    train("local[2]", configuration("one-avg", joined("mean", "average", one)), RunsOnSpark::never);
    assertArrayEquals(parameters("one-avg"), parameters("one-keep"));
    double drift =
        only(RoundMetrics.class, events("one-keep")).stream()
            .mapToDouble(RoundMetrics::drift)
            .max()
            .orElseThrow();
    assertEquals(0, drift, 1e-5);
  }

  @Test
  void lanesKeepDifferentStates() throws IOException {
    train("local[2]", configuration("kept", joined("mean", "keep", Map.of())), RunsOnSpark::never);
    train(
        "local[2]",
        configuration("averaged", joined("mean", "average", Map.of())),
        RunsOnSpark::never);
    assertFalse(java.util.Arrays.equals(parameters("kept"), parameters("averaged")));
    RoundMetrics last =
        only(RoundMetrics.class, events("kept")).stream().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.drift() > 0 && last.outerNorm() > 0, last.toString());
  }

  /** Two checkpoints are kept, of three lanes each; nothing else may pile up. */
  @Test
  void statesThatNobodyNeedsAreRemoved() throws IOException {
    train(
        "local[2]",
        configuration("swept", joined("mean", "keep", Map.of("checkpoint.every", "1h"))),
        RunsOnSpark::never);
    try (var rounds = Files.list(folder.resolve("swept/lane-states"))) {
      assertEquals(1, rounds.count());
    }
    try (var files = Files.walk(folder.resolve("swept/lane-states"))) {
      assertEquals(3, files.filter(Files::isRegularFile).count());
    }
  }

  @Test
  void warmUpAveragesAfterEveryStep() throws IOException {
    train(
        "local[2]",
        configuration(
            "warm",
            joined(
                "nesterov", "average", Map.of("averaging.warm-up", "4", "training.epochs", "1"))),
        RunsOnSpark::never);
    List<Integer> steps =
        only(RoundMetrics.class, events("warm")).stream().map(RoundMetrics::steps).toList();
    assertEquals(List.of(1, 1, 1, 1), steps.subList(0, 4));
    assertTrue(steps.subList(4, steps.size() - 1).stream().allMatch(count -> count == 5));
    assertEquals((PREDICTIONS / 3 / 4 + 15) / 16, steps.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void anIntervalThatWasSettledStays() throws IOException {
    Map<String, String> settings =
        joined(
            "mean",
            "average",
            Map.of(
                "averaging.interval", "auto",
                "averaging.max-overhead", "0.5",
                "training.epochs", "12",
                "checkpoint.every", "1h"));
    AtomicInteger asked = new AtomicInteger();
    // The interval is settled in round 11 at the latest: each epoch of 24 steps has three rounds.
    RunConfiguration auto = configuration("auto", settings);
    train("local[2]", auto, () -> asked.incrementAndGet() == 12);
    train("local[2]", auto, RunsOnSpark::never);
    List<RoundMetrics> rounds = only(RoundMetrics.class, events("auto"));
    int measured = IntervalMeasurement.WARM_UP + IntervalMeasurement.ROUNDS;
    int interval = rounds.get(measured).steps();
    for (RoundMetrics round : rounds.subList(measured, rounds.size())) {
      boolean endOfEpoch = round.epoch() == Math.rint(round.epoch());
      assertTrue(round.steps() == interval || endOfEpoch, interval + ": " + rounds);
    }
    assertEquals(12.0, rounds.get(rounds.size() - 1).epoch());
  }
}
