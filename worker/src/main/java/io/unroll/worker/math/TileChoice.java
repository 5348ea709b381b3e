package io.unroll.worker.math;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jdk.incubator.vector.FloatVector;

/**
 * Chooses the main tile of the vector kernels: the one that was measured before on this machine, or
 * else by a measurement, once per JVM. The choice has no influence on results.
 */
final class TileChoice {
  private final List<TileShape> candidates;
  private final TileCache cache;
  private final Function<List<TileShape>, Optional<TileShape>> measurement;
  private TileShape known;

  /**
   * A choice that is made when it is first asked for.
   *
   * @param candidates at least one, the likely best first
   * @param measurement finds the fastest; empty if it cannot
   */
  TileChoice(
      List<TileShape> candidates,
      TileCache cache,
      Function<List<TileShape>, Optional<TileShape>> measurement) {
    this.candidates = candidates;
    this.cache = cache;
    this.measurement = measurement;
  }

  /** That of this JVM. */
  static TileChoice here() {
    return Holder.HERE;
  }

  private static final class Holder {
    private static final TileChoice HERE = ofThisMachine();
  }

  private static TileChoice ofThisMachine() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return new TileChoice(
        TileShape.candidates(bits, Processor.architecture()),
        TileCache.ofUser(bits),
        TileMeasurement::fastest);
  }

  /** The fastest shape; the likely best where it cannot be measured. */
  synchronized TileShape fastest() {
    if (known == null) {
      known = kept().orElseGet(this::measured);
    }
    return known;
  }

  /** The fastest shape if that is known already, or else the likely best: nothing is measured. */
  synchronized TileShape likely() {
    if (known == null) {
      known = kept().orElse(null);
    }
    return known == null ? candidates.get(0) : known;
  }

  private Optional<TileShape> kept() {
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : cache.read(candidates);
  }

  private TileShape measured() {
    Optional<TileShape> fastest = measurement.apply(candidates);
    fastest.ifPresent(cache::write);
    return fastest.orElse(candidates.get(0));
  }
}
