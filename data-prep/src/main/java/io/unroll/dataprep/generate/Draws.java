package io.unroll.dataprep.generate;

import io.unroll.dataprep.examples.Mixing;

/** Numbers drawn one after the other, which follow from a seed. Not thread-safe. */
final class Draws {
  private final long seed;
  private long drawn;

  Draws(long seed) {
    this.seed = seed;
  }

  /** From 0 to below a bound; bounds are so small that none is more likely than others. */
  long below(long bound) {
    return Math.floorMod(Mixing.of(seed, drawn++), bound);
  }

  /** From 1 to a bound. */
  long upTo(long bound) {
    return 1 + below(bound);
  }

  boolean coin() {
    return below(2) == 1;
  }
}
