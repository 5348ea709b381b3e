package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateResetsTest {
  private static final int HIDDEN = 3;
  private static final int BATCH = 50;
  private static final int SLOTS = 4;

  private static StateResets resets(double probability, long seed) {
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.LSTM, 5, 2, HIDDEN, 2, 0, false);
    LanePlan plan =
        new LanePlan(
            architecture,
            Objective.PLAIN,
            new Sgd(),
            new Constant(1, 0),
            Clipping.NONE,
            BATCH,
            8,
            probability,
            seed,
            100);
    return new StateResets(plan);
  }

  private static float[] ones() {
    float[] state = new float[SLOTS * BATCH * HIDDEN];
    Arrays.fill(state, 1f);
    return state;
  }

  @Test
  void resetsTheWholeStateOfAStreamOrNothingOfIt() {
    int streams = 0;
    for (int step = 0; step < 200; step++) {
      float[] state = ones();
      resets(0.1, 1).before(0, step, BATCH, state);
      for (int b = 0; b < BATCH; b++) {
        float first = state[b * HIDDEN];
        for (int slot = 0; slot < SLOTS; slot++) {
          for (int j = 0; j < HIDDEN; j++) {
            assertEquals(first, state[(slot * BATCH + b) * HIDDEN + j]);
          }
        }
        streams += first == 0f ? 1 : 0;
      }
    }
    // 10,000 draws at 0.1: five standard deviations are 150.
    assertEquals(1_000, streams, 150);
  }

  @Test
  void isAFunctionOfSeedLaneAndStep() {
    float[] once = ones();
    float[] again = ones();
    float[] otherLane = ones();
    resets(0.5, 1).before(0, 7, BATCH, once);
    resets(0.5, 1).before(0, 7, BATCH, again);
    resets(0.5, 1).before(1, 7, BATCH, otherLane);
    assertArrayEquals(once, again);
    assertEquals(false, Arrays.equals(once, otherLane));
  }

  @Test
  void carriesForEverWhereTheProbabilityIsZero() {
    float[] state = ones();
    resets(0, 1).before(0, 7, BATCH, state);
    assertArrayEquals(ones(), state);
  }
}
