package io.unroll.driver.cli;

import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.pairs.PairUris;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Files of the texts that belong to those of others. */
final class PairTargetOptions {
  @Option(
      names = "--input-target",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "as many files as --input has: line n belongs to line n there (default: each line of"
              + " --input has both)")
  private List<String> input = new ArrayList<>();

  @Option(
      names = "--valid-target",
      arity = "1..*",
      paramLabel = "URI",
      description = "the same for --valid-input")
  private List<String> validInput = new ArrayList<>();

  @Option(
      names = "--test-target",
      arity = "1..*",
      paramLabel = "URI",
      description = "the same for --test-input")
  private List<String> testInput = new ArrayList<>();

  /**
   * Both sides; empty if one file has both.
   *
   * @throws IllegalArgumentException if a split has one side only
   */
  Optional<PairUris> beside(ExampleUris sources) {
    if (input.isEmpty()) {
      if (!(validInput.isEmpty() && testInput.isEmpty())) {
        throw new IllegalArgumentException(
            "Invalid --valid-target or --test-target: there is no --input-target (expected targets of all inputs, or of none)");
      }
      return Optional.empty();
    }
    return Optional.of(new PairUris(sources, new ExampleUris(input, validInput, testInput)));
  }
}
