package io.unroll.driver.cli;

import io.unroll.worker.decode.DecodingOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How a model writes texts about what it reads. */
final class DecodingOption {
  private static final String BEAM = "--beam";
  private static final String LENGTH_PENALTY = "--length-penalty";
  private static final String NO_REPEAT = "--no-repeat";
  private static final String LONGEST = "--longest";

  /** All its names on the command line. */
  static final List<String> NAMES = List.of(BEAM, LENGTH_PENALTY, NO_REPEAT, LONGEST);

  /** The likeliest token each time. */
  static final DecodingOptions LIKELIEST = new DecodingOptions(1, 1, 1, 0, 0);

  @Option(
      names = BEAM,
      paramLabel = "N",
      defaultValue = "1",
      description =
          "of a model that writes about what it reads: texts that are followed side by side; 1"
              + " takes the likeliest token each time (default: ${DEFAULT-VALUE})")
  private int beam;

  @Option(
      names = LENGTH_PENALTY,
      paramLabel = "X",
      defaultValue = "1",
      description =
          "with --beam: the log-probability of n tokens is divided by n^X before texts are compared"
              + " (default: ${DEFAULT-VALUE})")
  private double lengthPenalty;

  @Option(
      names = NO_REPEAT,
      paramLabel = "N",
      defaultValue = "0",
      description =
          "no N tokens come twice in a row of tokens; 0 for no such limit (default:"
              + " ${DEFAULT-VALUE})")
  private int noRepeat;

  @Option(
      names = LONGEST,
      paramLabel = "N",
      defaultValue = "0",
      description =
          "most tokens of a text; 0 for half as many again as were read, and 10, or for 50 about"
              + " vectors (default: ${DEFAULT-VALUE})")
  private int longest;

  /**
   * The options.
   *
   * @param best how many texts are told of each example
   * @throws UsageException if a value is none
   */
  DecodingOptions options(int best) {
    try {
      return new DecodingOptions(beam, best, lengthPenalty, noRepeat, longest);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
