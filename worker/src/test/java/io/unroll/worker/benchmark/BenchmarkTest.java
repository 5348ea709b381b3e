package io.unroll.worker.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The arithmetic of the measurements; no test depends on how fast the machine is. */
class BenchmarkTest {
  @Test
  void takesTheMiddleAsMedian() {
    assertEquals(3, Median.of(new long[] {9, 3, 1}));
    assertEquals(2.5, Median.of(new long[] {4, 1, 9, 1}));
  }

  /** Lanes of 1 ms and 4 ms per step of 2500 tokens: 2,500,000 + 625,000 tokens a second. */
  @Test
  void addsUpTheRatesOfTheLanes() {
    StepSpeed speed =
        StepSpeed.of(
            Preset.CHAR_128,
            50,
            "plain",
            0.5,
            List.of(new long[] {1_000_000}, new long[] {9_000_000, 4_000_000, 3_000_000}));
    assertEquals(2, speed.lanes());
    assertEquals(4, speed.steps());
    assertEquals(3_125_000, speed.tokensPerSecond(), 1e-6);
    assertEquals(1.6, speed.stepMilliseconds(), 1e-12); // 2 / (1/1 + 1/4)
    assertEquals(3_125_000 * 1_622_784.0 / 1e9, speed.gflops(), 1e-9);
    // Half of the first layer's 65,536 input weights are spared.
    assertEquals(3_125_000 * (1_622_784.0 - 6 * 32_768) / 1e9, speed.executedGflops(), 1e-9);
  }

  @Test
  void countsDistinctTokensPerWindow() {
    double share = new SyntheticWindows(65, 50, 50, 1, 0).distinctShare();
    assertEquals(65 / 2500.0, share, 1e-12);
    assertTrue(new SyntheticWindows(10_000, 20, 20, 1, 0).distinctShare() < 0.9);
  }

  @Test
  void trainsEachLaneSideBySide() {
    StepSpeed speed =
        new StepBenchmark(Preset.CHAR_128, 1, 2, 2, Duration.ZERO, Duration.ofNanos(1)).run();
    assertEquals(2, speed.lanes());
    assertEquals(6, speed.steps());
    assertEquals(2 * 50 / (speed.stepMilliseconds() / 1e3), speed.tokensPerSecond(), 1e-6);
  }

  @Test
  void writesWhatIsAskedFor() {
    SampleBenchmark.Speed speed =
        new SampleBenchmark(Preset.CHAR_128, 7, Duration.ZERO, Duration.ofNanos(1)).run();
    assertEquals(1, speed.texts());
    assertEquals(7 / speed.seconds(), speed.tokensPerSecond(), 1e-6);
  }

  @Test
  void rejectsNumbersBelowOne() {
    Duration time = Duration.ofNanos(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new StepBenchmark(Preset.CHAR_128, 0, 1, 1, time, time));
    assertThrows(
        IllegalArgumentException.class,
        () -> new StepBenchmark(Preset.CHAR_128, 1, 0, 1, time, time));
    assertThrows(
        IllegalArgumentException.class,
        () -> new StepBenchmark(Preset.CHAR_128, 1, 1, 0, time, time));
    assertThrows(
        IllegalArgumentException.class, () -> new SampleBenchmark(Preset.CHAR_128, 0, time, time));
  }

  @Test
  void measuresTheMachineOnSeveralCores() {
    Duration time = Duration.ofMillis(1);
    MachineSpeed speed = MachineSpeed.measure(2, 1 << 10, time, time);
    assertTrue(speed.gflops() > 0);
    assertTrue(speed.memoryGbPerSecond() > 0);
  }

  @Test
  void readsEveryNumberOfItsPart() {
    MemoryRead read = new MemoryRead(LongStream.range(0, 32).toArray(), 8, 24);
    read.measure(Duration.ZERO);
    assertEquals((8 + 23) * 16 / 2, read.sum());
  }

  @Test
  void throwsOnWhatATaskThrows() {
    try (SideBySide threads = new SideBySide(2)) {
      List<Callable<Integer>> tasks =
          List.of(
              () -> 1,
              () -> {
                throw new IllegalStateException("diverged");
              });
      Exception thrown = assertThrows(IllegalStateException.class, () -> threads.run(tasks));
      assertEquals("diverged", thrown.getMessage());
    }
  }
}
