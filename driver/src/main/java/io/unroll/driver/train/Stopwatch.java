package io.unroll.driver.train;

import java.time.Duration;

/** The times of one start of a run. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  private final long begin = System.nanoTime();
  private long saved = begin;
  private int rounds;

  /** A time that is being taken. */
  static final class Lap {
    private final long begin = System.nanoTime();

    Duration taken() {
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  /** Begins to time a round. */
  Lap lap() {
    rounds++;
    return new Lap();
  }

  /** Begins to time something between rounds. */
  Lap pause() {
    return new Lap();
  }

  /** What further rounds take if they take as long as those so far, all between them included. */
  Duration left(int further) {
    return Duration.ofNanos((System.nanoTime() - begin) / Math.max(1, rounds) * further);
  }

  void saved() {
    saved = System.nanoTime();
  }

  Duration sinceSaved() {
    return Duration.ofNanos(System.nanoTime() - saved);
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
