package io.unroll.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A small run, and what its checkpoint of a round must be. */
final class Runs {
  static final LanguageArchitecture ARCHITECTURE =
      new LanguageArchitecture(Cell.GRU, 5, 2, 3, 2, 0, false);
  static final int SIZE = LanguageModel.layout(ARCHITECTURE).size();
  static final RunIdentity IDENTITY =
      new RunIdentity(
          "0f1e2d",
          Map.of(
              "data", "file:/data/one",
              "model.cell", "gru",
              "optimizer.learning-rate", "0.002",
              "averaging.lanes", "2",
              "sample.prompt", "Ünder \"quotes\"\n",
              "training.max-rounds", "10"));

  private Runs() {}

  static Checkpoint checkpoint(int round) {
    return new Checkpoint(
        progress(round),
        numbers(SIZE, round),
        numbers(2 * SIZE, -round),
        numbers(SIZE, -round - 0.5f),
        List.of(numbers(12, round + 0.5f), numbers(6, round + 0.25f)),
        List.of());
  }

  static Progress progress(int round) {
    return new Progress(
        round,
        50L * round,
        1000L * round,
        round < 2 ? OptionalInt.empty() : OptionalInt.of(40 + round),
        round < 2
            ? Optional.empty()
            : Optional.of(new Progress.Best(Score.ofLoss(1.0 / round), round - 1)),
        1,
        Math.max(0, round - 3),
        Duration.ofMillis(1234L * round));
  }

  private static float[] numbers(int count, float seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = seed + 1f / (i + 3);
    }
    numbers[0] = -0f;
    numbers[1] = Float.MIN_VALUE;
    return numbers;
  }

  static void assertIsOfRound(int round, Optional<Checkpoint> found) {
    Checkpoint expected = checkpoint(round);
    Checkpoint actual = found.orElseThrow();
    assertEquals(expected.progress(), actual.progress());
    assertArrayEquals(expected.parameters(), actual.parameters());
    assertArrayEquals(expected.optimizerState(), actual.optimizerState());
    assertArrayEquals(expected.outerState(), actual.outerState());
    assertEquals(expected.laneFiles(), actual.laneFiles());
    assertEquals(expected.laneStates().size(), actual.laneStates().size());
    for (int lane = 0; lane < expected.laneStates().size(); lane++) {
      assertArrayEquals(expected.laneStates().get(lane), actual.laneStates().get(lane));
    }
  }
}
