package io.unroll.worker.benchmark;

import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.math.PackedMatrix;
import java.time.Duration;
import java.util.Arrays;

/**
 * The fastest product that the kernels of one thread can do: its sizes are multiples of every usual
 * register tile, its operands, together some 700 KB, stay in the second-level cache, and its left
 * operand is transposed, which vector kernels read where it is.
 */
final class PeakProduct {
  private static final int ROWS = 64;
  private static final int INNER = 512;
  private static final int COLUMNS = 240;
  private static final double FLOPS = 2.0 * ROWS * INNER * COLUMNS;

  /** So small that results stay finite however often they are added up. */
  private static final float ELEMENT = 1f / 4096;

  /** Products timed together: about a quarter of a millisecond. */
  private static final int REPEATS = 2;

  /** What counts as faster than before: clocks waver by less. */
  private static final double IMPROVEMENT = 0.98;

  /** A machine that gets ever faster is not waited for. */
  private static final int LONGEST = 20;

  private final Kernels kernels = KernelChoice.fastest();
  private final Matrix left = Matrix.of(new float[INNER * ROWS], ROWS).transposed();
  private final PackedMatrix right = kernels.packed(INNER, COLUMNS);
  private final Matrix result = Matrix.of(new float[ROWS * COLUMNS], COLUMNS);

  PeakProduct() {
    Arrays.fill(left.values(), ELEMENT);
    float[] source = new float[INNER * COLUMNS];
    Arrays.fill(source, ELEMENT);
    right.pack(INNER, COLUMNS, Matrix.of(source, COLUMNS));
  }

  /**
   * GFLOP/s of the best repeat. Goes on until the best stands for a while, since until the JVM has
   * compiled the kernels they may be a thousand times slower.
   *
   * @param time that the best has to stand; the measurement takes at most 20 times as long
   */
  double measure(Duration time) {
    long best = repeat();
    long begin = System.nanoTime();
    long improved = begin;
    long now = begin;
    while (now - improved < time.toNanos() && now - begin < LONGEST * time.toNanos()) {
      long nanos = repeat();
      now = System.nanoTime();
      if (nanos < IMPROVEMENT * best) {
        improved = now;
      }
      best = Math.min(best, nanos);
    }
    return FLOPS * REPEATS / best;
  }

  private long repeat() {
    long before = System.nanoTime();
    for (int x = 0; x < REPEATS; x++) {
      kernels.multiplyAdd(ROWS, left, right, result);
    }
    return System.nanoTime() - before;
  }
}
