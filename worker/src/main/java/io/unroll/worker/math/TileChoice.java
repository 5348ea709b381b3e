package io.unroll.worker.math;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures which main tile is the fastest on this processor under this JVM, once per JVM. The
 * choice has no influence on results.
 *
 * <p>Trials alternate, and the best time of each counts, in processor time of this thread, so that
 * neither the JIT compiler's work nor other load decides. Most of the time goes by until the
 * compiler has noticed the tiles, which the first training step would have to wait for as well.
 */
final class TileChoice {
  private static final Logger LOG = LoggerFactory.getLogger(TileChoice.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** So short that the interpreter is soon done with it. */
  private static final int WARM_UP_DEPTH = 24;

  private static final int DEPTH = 256;

  /** Compiled code is at least so many times as fast as the interpreter. */
  private static final int COMPILED = 100;

  private static final int TRIALS = 100;

  /** Of the tile, in one trial. */
  private static final int RUNS = 16;

  private static final long LIMIT_NANOS = 3_000_000_000L;

  /** A later candidate has to be so much faster: differences below are noise. */
  private static final double BETTER = 0.97;

  private TileChoice() {}

  /** The fastest shape. */
  static TileShape fastest() {
    return Holder.FASTEST;
  }

  private static final class Holder {
    private static final TileShape FASTEST = measure();
  }

  private static TileShape measure() {
    long begin = System.nanoTime();
    List<Candidate> candidates = Arrays.stream(TileShape.values()).map(Candidate::new).toList();
    while (System.nanoTime() - begin < LIMIT_NANOS
        && !candidates.stream().allMatch(Candidate::compiled)) {
      candidates.forEach(Candidate::warmUp);
    }
    for (int trial = 0; trial < TRIALS && System.nanoTime() - begin < LIMIT_NANOS; trial++) {
      candidates.forEach(Candidate::measure);
    }
    Candidate fastest = candidates.get(0);
    for (Candidate candidate : candidates) {
      fastest = candidate.speed() * BETTER > fastest.speed() ? candidate : fastest;
    }
    LOG.info(
        "Vector kernels use tiles of {}, chosen in {} ms from {}",
        fastest.shape,
        (System.nanoTime() - begin) / 1_000_000,
        candidates);
    return fastest.shape;
  }

  private static final class Candidate {
    private final TileShape shape;
    private final Tile tile;
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private long interpreted;
    private int warmUps;
    private long lastWarmUp;
    private long best = Long.MAX_VALUE;

    Candidate(TileShape shape) {
      this.shape = shape;
      this.tile = TileShape.tile(shape.rows(), shape.vectors());
      this.a = new float[shape.rows() * DEPTH];
      this.b = new float[shape.vectors() * LANES * DEPTH];
      this.c = new float[shape.rows() * shape.vectors() * LANES];
    }

    private long time(int runs, int depth) {
      int width = shape.vectors() * LANES;
      long begin = THREADS.getCurrentThreadCpuTime();
      for (int run = 0; run < runs; run++) {
        tile.run(depth, a, 0, shape.rows(), b, 0, c, 0, width, c, 0, width);
      }
      return THREADS.getCurrentThreadCpuTime() - begin;
    }

    void warmUp() {
      lastWarmUp = time(1, WARM_UP_DEPTH);
      interpreted = warmUps++ < 10 ? lastWarmUp : interpreted;
    }

    boolean compiled() {
      return lastWarmUp * COMPILED < interpreted;
    }

    void measure() {
      best = Math.min(best, time(RUNS, DEPTH));
    }

    /** GFLOP/s. */
    double speed() {
      return 2.0 * shape.rows() * shape.vectors() * LANES * DEPTH * RUNS / best;
    }

    @Override
    public String toString() {
      return "%s: %.0f GFLOP/s".formatted(shape, speed());
    }
  }
}
