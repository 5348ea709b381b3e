package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.StreamWindows;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The threads of a lane change nothing but the time that it takes. */
class ThreadsTest {
  private static final int WINDOW = 6;
  private static final int STEPS = 4;

  /** Fewer sequences than threads, few, and many; a vocabulary of several chunks of logits. */
  static List<LanePlan> plans() {
    List<LanePlan> plans = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      plans.add(plan(new LanguageArchitecture(cell, 50, 12, 20, 2, 0.3, false), 21, new Sgd()));
      plans.add(
          plan(
              new LanguageArchitecture(cell, 300, 16, 16, 1, 0, true),
              2,
              new Adam(0.9, 0.99, 1e-8)));
      plans.add(plan(new LanguageArchitecture(cell, 30, 12, 100, 2, 0.2, false), 5, new Sgd()));
    }
    LanguageArchitecture words = new LanguageArchitecture(Cell.LSTM, 40_000, 8, 8, 1, 0.1, false);
    plans.add(plan(words, 40, new RmsProp(0.9, 1e-8)));
    plans.add(plan(words, 9, new Momentum(0.9, true)));
    Dropouts all = new Dropouts(0.2, 0.3, true, 0.1, 0.4, WordDropout.NONE);
    plans.add(
        plan(
            new LanguageArchitecture(Cell.LSTM, 300, 40, 40, 2, all, true, Connections.PLAIN),
            5,
            new Sgd()));
    return plans;
  }

  private static LanePlan plan(LanguageArchitecture architecture, int batch, Optimizer optimizer) {
    return new LanePlan(
        architecture,
        Objective.PLAIN,
        optimizer,
        new Constant(0.1, 0),
        new Clipping(0.2),
        batch,
        WINDOW,
        0.1,
        5,
        100);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void anyNumberOfThemGivesTheSameBits(LanePlan plan) {
    Trained alone = train(plan, 1);
    for (int threads : new int[] {2, 3, 8}) {
      Trained together = train(plan, threads);
      assertArrayEquals(alone.parameters, together.parameters);
      assertArrayEquals(alone.optimizerState, together.optimizerState);
      assertArrayEquals(alone.recurrentState, together.recurrentState);
      assertEquals(alone.report.tally(), together.report.tally());
    }
  }

  private static Trained train(LanePlan plan, int threads) {
    return train(plan, threads, windows(plan));
  }

  private static Trained train(LanePlan plan, int threads, WindowSource windows) {
    float[] parameters = plan.architecture().layout().initialParameters(3);
    float[] optimizerState = new float[plan.optimizer().slots() * parameters.length];
    float[] recurrentState = new float[plan.architecture().stateSize() * plan.batch()];
    LaneReport report =
        new LaneTrainer(plan, Cores.of(threads, KernelChoice::fastest))
            .run(
                0,
                windows,
                new Stretch(0, 0, STEPS, 0, 0),
                parameters,
                optimizerState,
                recurrentState);
    assertEquals(STEPS, report.tally().steps());
    return new Trained(parameters, optimizerState, recurrentState, report);
  }

  private static int vocabulary(LanePlan plan) {
    return ((LanguageArchitecture) plan.architecture()).vocabulary();
  }

  private static StreamWindows windows(LanePlan plan) {
    RandomStream random = new RandomStream(3, Purpose.SHUFFLE, 0, 0);
    int[] text = new int[plan.batch() * WINDOW * STEPS + 1];
    for (int x = 0; x < text.length; x++) {
      text[x] = random.nextInt(vocabulary(plan));
    }
    return new StreamWindows(text, plan.batch(), WINDOW);
  }

  private record Trained(
      float[] parameters, float[] optimizerState, float[] recurrentState, LaneReport report) {}

  @Test
  void nothingIsLeftOfThemAfterAFailure() {
    LanePlan plan = plans().get(0);
    StreamWindows windows = windows(plan);
    int[] wrong = new int[plan.batch() * WINDOW * STEPS + 1];
    Arrays.fill(wrong, vocabulary(plan));
    StreamWindows outside = new StreamWindows(wrong, plan.batch(), WINDOW);
    assertThrows(IllegalArgumentException.class, () -> train(plan, 3, outside));
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("lane 0")));
    assertEquals(STEPS, train(plan, 3, windows).report.tally().steps());
  }
}
