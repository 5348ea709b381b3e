package io.unroll.worker.benchmark;

import java.time.Duration;

/** Reads a part of a large array from end to end, as fast as one thread can. */
final class MemoryRead {
  private final long[] array;
  private final int from;
  private final int to;
  private long sum;

  /**
   * Reads array[from … to).
   *
   * @param to to - from must be a multiple of 8
   */
  MemoryRead(long[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  /** Gigabytes (10⁹) per second of the best pass within a while, which warms up as well. */
  double measure(Duration time) {
    long best = Long.MAX_VALUE;
    long begin = System.nanoTime();
    do {
      long before = System.nanoTime();
      sum += pass();
      best = Math.min(best, System.nanoTime() - before);
    } while (System.nanoTime() - begin < time.toNanos());
    return (double) Long.BYTES * (to - from) / best;
  }

  /** Eight sums, so that additions never wait for each other but only for the memory. */
  private long pass() {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    long e = 0;
    long f = 0;
    long g = 0;
    long h = 0;
    for (int x = from; x < to; x += 8) {
      a += array[x];
      b += array[x + 1];
      c += array[x + 2];
      d += array[x + 3];
      e += array[x + 4];
      f += array[x + 5];
      g += array[x + 6];
      h += array[x + 7];
    }
    return a + b + c + d + e + f + g + h;
  }

  /** Sum of all that was read, so that reading is no dead code. */
  long sum() {
    return sum;
  }
}
