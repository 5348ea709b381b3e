package io.unroll.driver.cli;

import io.unroll.dataprep.generate.ParityOptions.Lengths;
import picocli.CommandLine.Option;

/** How long strings are made. */
final class StringLengths {
  @Option(
      names = "--lengths",
      paramLabel = "N-N",
      description = "lengths of the strings, each as likely (default: ${DEFAULT-VALUE})")
  private String lengths = "1-20";

  @Option(
      names = "--test-lengths",
      paramLabel = "N-N",
      description = "lengths of those to test on (default: those of --lengths)")
  private String testLengths;

  Lengths usual() {
    return Lengths.of(lengths);
  }

  Lengths ofTest() {
    return testLengths == null ? usual() : Lengths.of(testLengths);
  }
}
