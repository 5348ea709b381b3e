package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.Fractions;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The shares of the splits. */
final class FractionsOption {
  @Option(
      names = "--fractions",
      split = ",",
      arity = "1",
      paramLabel = "X",
      description =
          "shares of train, valid and test, such as 0.9,0.1,0, of what is at --input (default:"
              + " 0.9,0.1,0)")
  private List<Double> fractions;

  /** Null if none are given: what holds then is data-prep's business. */
  Fractions shares() {
    if (fractions == null) {
      return null;
    }
    if (fractions.size() < 2 || fractions.size() > 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid --fractions: %d numbers (expected train,valid or train,valid,test)",
              fractions.size()));
    }
    double test = fractions.size() == 3 ? fractions.get(2) : 0;
    return new Fractions(fractions.get(0), fractions.get(1), test);
  }
}
