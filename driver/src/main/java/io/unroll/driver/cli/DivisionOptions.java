package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleUris;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the examples of the training input are divided. */
final class DivisionOptions {
  @Mixin private FractionsOption fractions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the order before it is divided by --fractions (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  /** Null if none are given. */
  Fractions shares() {
    return fractions.shares();
  }

  long seed() {
    return seed;
  }

  /**
   * What is meant beside these inputs.
   *
   * @param keyed whether examples have keys
   */
  Division of(ExampleUris uris, boolean keyed) {
    return Division.of(uris, shares(), seed, keyed);
  }
}
