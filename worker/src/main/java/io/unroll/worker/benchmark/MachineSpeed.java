package io.unroll.worker.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What the cores of this machine can do at most, all at the same time and in this JVM.
 *
 * @param gflops sum over the cores of 10⁹ float operations per second, of a product whose operands
 *     stay in each core's own cache; with the kernels that training would use, so plain kernels are
 *     measured by their own peak
 * @param memoryGbPerSecond 10⁹ bytes per second that the cores together read from memory
 */
public record MachineSpeed(double gflops, double memoryGbPerSecond) {
  /** 512 MiB: many times what one core finds in its last-level cache. */
  private static final int MEMORY_LONGS = 1 << 26;

  private static final Duration PEAK_TIME = Duration.ofSeconds(1);
  private static final Duration MEMORY_TIME = Duration.ofMillis(500);

  /** Measures on that many threads; takes two or three seconds. */
  public static MachineSpeed measure(int cores) {
    return measure(cores, MEMORY_LONGS, PEAK_TIME, MEMORY_TIME);
  }

  static MachineSpeed measure(int cores, int longs, Duration peakTime, Duration memoryTime) {
    try (SideBySide threads = new SideBySide(cores)) {
      double gflops = sum(threads, peaks(cores, peakTime));
      return new MachineSpeed(gflops, sum(threads, reads(cores, longs, memoryTime)));
    }
  }

  private static double sum(SideBySide threads, List<Callable<Double>> rates) {
    return threads.run(rates).stream().mapToDouble(Double::doubleValue).sum();
  }

  private static List<Callable<Double>> peaks(int cores, Duration time) {
    return IntStream.range(0, cores)
        .<Callable<Double>>mapToObj(core -> () -> new PeakProduct().measure(time))
        .toList();
  }

  /** Each core reads a part of its own. */
  private static List<Callable<Double>> reads(int cores, int longs, Duration time) {
    long[] array = new long[longs];
    int part = longs / cores / 8 * 8;
    return IntStream.range(0, cores)
        .mapToObj(core -> new MemoryRead(array, core * part, (core + 1) * part))
        .<Callable<Double>>map(read -> () -> read.measure(time))
        .toList();
  }
}
