package io.unroll.worker.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.LaneMemory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The heap that a lane takes is what docs/performance.md says. */
class LaneMemoryTest {
  @ParameterizedTest
  @EnumSource(Preset.class)
  void isWhatTheFormulaSays(Preset preset) {
    assertTakes(preset, 1);
  }

  @Test
  void hasKernelsForEachCore() {
    assertTakes(Preset.CHAR_128, 200);
  }

  private static void assertTakes(Preset preset, int cores) {
    long before = heapInUse();
    TimedLane lane =
        new TimedLane(preset, preset.batch(), 0, Cores.of(cores, KernelChoice::fastest));
    lane.train(Duration.ofNanos(1));
    long taken = heapInUse() - before;
    double expected = formula(preset, cores);
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

  /** SGD has no optimiser state. */
  private static double formula(Preset preset, int cores) {
    return LaneMemory.of(preset.architecture(), preset.batch(), preset.window(), 0, cores).bytes();
  }

  @Test
  void countsTheParametersOfEveryArchitecture() {
    for (Cell cell : Cell.values()) {
      for (boolean tied : new boolean[] {true, false}) {
        LanguageArchitecture architecture =
            new LanguageArchitecture(cell, 11, 5, tied ? 5 : 7, 3, 0.5, tied);
        assertEquals(
            LanguageModel.layout(architecture).size(),
            LaneMemory.of(architecture, 2, 3, 1, 1).parameters());
      }
    }
  }

  @Test
  void tellsSizesBeyondEveryArray() {
    int huge = Integer.MAX_VALUE;
    LanguageArchitecture wide = new LanguageArchitecture(Cell.LSTM, 65, huge, huge, 2, 0, false);
    assertFalse(LaneMemory.of(wide, 1, 1, 0, 1).addressable());
    assertEquals(7.4e19, LaneMemory.of(wide, 1, 1, 0, 1).parameters(), 1e18);
    LanguageArchitecture small = Preset.CHAR_128.architecture();
    assertTrue(LaneMemory.of(small, 50, 50, 2, 1).addressable());
    assertFalse(LaneMemory.of(small, huge, huge, 2, 1).addressable());
    LanguageArchitecture large = new LanguageArchitecture(Cell.RNN, 2, 30_000, 30_000, 1, 0, false);
    assertTrue(LaneMemory.of(large, 1, 1, 1, 1).addressable());
    assertFalse(LaneMemory.of(large, 1, 1, 2, 1).addressable());
  }

  private static long heapInUse() {
    for (int x = 0; x < 3; x++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
