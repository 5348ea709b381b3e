package io.unroll.driver.cli;

import io.unroll.dataprep.examples.ExampleSettings.Bad;
import picocli.CommandLine.Option;

/** What `prep` of all kinds of examples has. */
final class ExampleOptions {
  @Option(
      names = "--longest",
      paramLabel = "N",
      description = "shortens examples of more tokens or vectors, and counts them (default: none)")
  private Integer longest;

  @Option(
      names = "--skip-bad",
      description = "leaves out examples that cannot be used, and counts them")
  private boolean skipBad;

  Bad bad() {
    return skipBad ? Bad.LEFT_OUT : Bad.REFUSED;
  }

  int longest() {
    if (longest == null) {
      return 0;
    }
    if (longest < 1) {
      throw PrepSubcommand.invalid("--longest", longest.toString(), "at least 1");
    }
    return longest;
  }
}
