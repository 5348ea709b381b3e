package io.unroll.worker.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Cell;
import io.unroll.worker.model.ParameterLayout;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The heap that a lane takes is what docs/performance.md says. */
class LaneMemoryTest {
  private static final int SLOTS = 256;
  private static final int LOGITS = 1 << 22;
  private static final int FEWEST_LOGIT_ROWS = 64;

  @ParameterizedTest
  @EnumSource(Preset.class)
  void isWhatTheFormulaSays(Preset preset) {
    long before = heapInUse();
    TimedLane lane = new TimedLane(preset, preset.batch(), 0);
    lane.train(Duration.ofNanos(1));
    long taken = heapInUse() - before;
    double expected = formula(preset);
    assertTrue(
        taken > 0.85 * expected && taken < 1.15 * expected + roundingOfArrays(preset),
        () ->
            String.format(Locale.ROOT, "bytes per lane: %d, by the formula %.0f", taken, expected));
    lane.train(Duration.ofNanos(1)); // The lane is needed to the end.
  }

  /**
   * The garbage collector gives each large array whole regions of a megabyte or more: some 30 MB
   * for the arrays of a lane, which matter only where the lane itself is small.
   */
  private static double roundingOfArrays(Preset preset) {
    return preset == Preset.WORD_650 ? 0 : 30e6;
  }

  /** Without optimiser state, since SGD has none, and without dropout. */
  private static double formula(Preset preset) {
    Architecture a = preset.architecture();
    double parameters = ParameterLayout.of(a).size();
    double weights = preset.flopsPerToken() / 6.0;
    int steps = preset.window() * preset.batch();
    int hidden = a.hidden();
    int gates = a.cell().gates() * hidden;
    int perStep = a.cell() == Cell.LSTM ? gates + 4 * hidden : 2 * gates + 2 * hidden;
    double slots = Math.min(a.vocabulary(), Math.max(steps, SLOTS));
    double rows = Math.min(steps, Math.max(LOGITS / a.vocabulary(), FEWEST_LOGIT_ROWS));
    double floats =
        2 * parameters
            + 2 * weights
            + (double) a.layers() * steps * perStep
            + slots * 2 * (a.embedding() + gates)
            + (double) steps * Math.max(a.embedding(), hidden)
            + rows * a.vocabulary();
    return Float.BYTES * floats;
  }

  private static long heapInUse() {
    for (int x = 0; x < 3; x++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
