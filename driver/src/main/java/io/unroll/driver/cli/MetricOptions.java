package io.unroll.driver.cli;

import io.unroll.driver.metric.Bleu;
import io.unroll.driver.metric.BleuTokens;
import picocli.CommandLine.Option;

/** How texts are compared with what people wrote. */
final class MetricOptions {
  static final String TOKENIZE = "--tokenize";
  static final String LOWER_CASE = "--lower-case";

  @Option(
      names = TOKENIZE,
      paramLabel = "NAME",
      description =
          "how sacrebleu's BLEU cuts texts: 13a, intl, or none, at white space (default:"
              + " ${DEFAULT-VALUE})")
  private String tokenize = BleuTokens.MTEVAL_13A.key();

  @Option(names = LOWER_CASE, description = "of sacrebleu's scores: makes letters lower-case")
  private boolean lowerCase;

  /**
   * How BLEU is computed.
   *
   * @throws UsageException if there is no such way
   */
  Bleu bleu() {
    try {
      return new Bleu(BleuTokens.of(tokenize), lowerCase);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
