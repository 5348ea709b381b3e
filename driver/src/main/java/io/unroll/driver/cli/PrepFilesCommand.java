package io.unroll.driver.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What `prep` of every kind has that reads files. */
abstract class PrepFilesCommand extends PrepSubcommand {
  @Option(
      names = "--since",
      paramLabel = "URI",
      description =
          "an earlier dataset, which may be the one at --output: the manifest and the summary tell"
              + " which files are new since then")
  private String since;

  @Override
  Optional<String> since() {
    return Optional.ofNullable(since);
  }
}
