package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.Split;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How many examples are made. */
final class GeneratedCounts {
  @Option(
      names = "--train",
      paramLabel = "N",
      description = "examples to train on (default: ${DEFAULT-VALUE})")
  private long train = 10_000;

  @Option(
      names = "--valid",
      paramLabel = "N",
      description = "examples to validate on (default: ${DEFAULT-VALUE}; 0: none)")
  private long valid = 1_000;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "examples to test on (default: ${DEFAULT-VALUE}; 0: none)")
  private long test = 1_000;

  /** Of the splits that there are to be. */
  Map<Split, Long> bySplit() {
    Map<Split, Long> examples = new EnumMap<>(Split.class);
    examples.put(Split.TRAIN, train);
    if (valid != 0) {
      examples.put(Split.VALID, valid);
    }
    if (test != 0) {
      examples.put(Split.TEST, test);
    }
    return examples;
  }
}
