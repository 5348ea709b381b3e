package io.unroll.worker.math;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures which main tile is the fastest on this processor under this JVM.
 *
 * <p>Trials alternate, and the best time of each counts, in processor time of this thread, so that
 * other load does not decide. A second or more goes by until the JIT compiler is done with the
 * tiles; the first training step would have to wait for one of them as well.
 */
final class TileMeasurement {
  private static final Logger LOG = LoggerFactory.getLogger(TileMeasurement.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** So short that the interpreter is soon done with it. */
  private static final int WARM_UP_DEPTH = 24;

  private static final int DEPTH = 256;

  /** Compiled code is at least so many times as fast as the interpreter. */
  private static final int COMPILED = 100;

  private static final int TRIALS = 100;

  /** Of the tile, in one trial. */
  private static final int RUNS = 16;

  private static final long LIMIT_NANOS = 4_000_000_000L;

  /** A later candidate has to be so much faster: differences below are noise. */
  private static final double BETTER = 0.97;

  private TileMeasurement() {}

  /** The fastest of several shapes; empty if the compiler is not done with them in time. */
  static Optional<TileShape> fastest(List<TileShape> shapes) {
    long begin = System.nanoTime();
    List<Candidate> candidates = shapes.stream().map(Candidate::new).toList();
    if (!warmUp(candidates, begin + LIMIT_NANOS)) {
      LOG.warn(
          "The JIT compiler was not done with the vector kernels within {} s: the machine is busy,"
              + " or the JVM is told to compile less (-Xint, -XX:TieredStopAtLevel). Tiles of {}"
              + " are used without having been measured: results stay the same, but products may be"
              + " slower than they could be",
          TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS),
          shapes.get(0));
      return Optional.empty();
    }
    for (int trial = 0; trial < TRIALS; trial++) {
      candidates.forEach(Candidate::measure);
    }
    Candidate chosen = candidates.get(0);
    for (Candidate candidate : candidates) {
      chosen = candidate.speed() * BETTER > chosen.speed() ? candidate : chosen;
    }
    LOG.debug(
        "Vector kernels use tiles of {}, chosen from {} in {} ms",
        chosen.shape,
        candidates,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    return Optional.of(chosen.shape);
  }

  /** Waits for the compiler; false if it is not done in time. */
  private static boolean warmUp(List<Candidate> candidates, long end) {
    while (!candidates.stream().allMatch(Candidate::compiled)) {
      if (System.nanoTime() > end) {
        return false;
      }
      candidates.forEach(Candidate::warmUp);
    }
    return true;
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
      return best == Long.MAX_VALUE
          ? shape + " (not measured)"
          : String.format(Locale.ROOT, "%s (%.0f GFLOP/s)", shape, speed());
    }
  }
}
