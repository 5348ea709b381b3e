package io.unroll.worker.math;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures which main tile is the fastest on this processor under this JVM, once per JVM. The
 * choice has no influence on results. Rounds of all candidates alternate, and the best time of each
 * counts, so that neither the JIT compiler's work nor other load decides.
 */
final class TileChoice {
  private static final Logger LOG = LoggerFactory.getLogger(TileChoice.class);

  /** A product as a small recurrent layer has it: C (16×192) = A (16×256) · B. */
  private static final int ROWS = 16;

  private static final int DEPTH = 256;
  private static final int COLUMNS = 192;
  private static final int PRODUCTS = 16;

  /** Rounds until the compiler is done, and those that count. */
  private static final int WARM_UP_ROUNDS = 40;

  private static final int ROUNDS = 20;

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
    Map<TileShape, Trial> trials = new EnumMap<>(TileShape.class);
    for (TileShape shape : TileShape.values()) {
      trials.put(shape, new Trial(shape));
    }
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      boolean counts = round >= WARM_UP_ROUNDS;
      trials.values().forEach(trial -> trial.run(counts));
    }
    TileShape fastest =
        trials.entrySet().stream()
            .min(Map.Entry.comparingByValue((x, y) -> Long.compare(x.best, y.best)))
            .orElseThrow()
            .getKey();
    LOG.info(
        "Vector kernels use tiles of {} vectors, chosen in {} ms from {}",
        fastest,
        (System.nanoTime() - begin) / 1_000_000,
        trials.values().stream().map(Trial::toString).collect(Collectors.joining(", ")));
    return fastest;
  }

  private static final class Trial {
    private final TileShape shape;
    private final Kernels kernels;
    private final PackedMatrix b;
    private final float[] a = new float[ROWS * DEPTH];
    private final float[] c = new float[ROWS * COLUMNS];
    private long best = Long.MAX_VALUE;

    Trial(TileShape shape) {
      this.shape = shape;
      this.kernels = new VectorKernels(shape);
      this.b = kernels.packed(DEPTH, COLUMNS);
      b.pack(new float[DEPTH * COLUMNS], 0, DEPTH, COLUMNS, COLUMNS, 1);
    }

    void run(boolean counts) {
      long begin = System.nanoTime();
      for (int product = 0; product < PRODUCTS; product++) {
        kernels.multiplyAdd(ROWS, a, 0, DEPTH, 1, b, c, 0, COLUMNS);
      }
      if (counts) {
        best = Math.min(best, System.nanoTime() - begin);
      }
    }

    @Override
    public String toString() {
      double operations = 2.0 * ROWS * DEPTH * COLUMNS * PRODUCTS;
      return "%s: %.0f GFLOP/s".formatted(shape, operations / best);
    }
  }
}
