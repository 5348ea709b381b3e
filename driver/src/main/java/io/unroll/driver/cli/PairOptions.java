package io.unroll.driver.cli;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.examples.ExampleSettings.Bad;
import io.unroll.dataprep.examples.ExampleSettings.PairSettings;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What pairs of texts have. */
final class PairOptions {
  @Option(
      names = "--joint",
      negatable = true,
      description =
          "counts one vocabulary over both sides, or not (default: one with bpe, or else one for"
              + " each side)")
  private Boolean joint;

  @Option(
      names = "--longest",
      paramLabel = "N",
      description = "leaves out pairs with more tokens on a side, and counts them (default: none)")
  private Integer longest;

  @Option(
      names = "--length-ratio",
      paramLabel = "R",
      description =
          "leaves out pairs to train on where one side has more than R times the tokens of the"
              + " other, and counts them (default: none; at least 1)")
  private Double lengthRatio;

  @Option(
      names = "--skip-bad",
      description = "leaves out pairs that cannot be used, and counts them")
  private boolean skipBad;

  Bad bad() {
    return skipBad ? Bad.LEFT_OUT : Bad.REFUSED;
  }

  /** What is counted for the sources, or for both sides. */
  VocabularyChoice vocabulary(Tokenizer tokenizer) {
    return new CountedVocabulary(new SequenceTokenizer(tokenizer));
  }

  PairSettings settings(Tokenizer tokenizer) {
    boolean one = joint == null ? tokenizer.subwords().isPresent() : joint;
    if (longest != null && longest < 1) {
      throw PrepSubcommand.invalid("--longest", longest.toString(), "at least 1");
    }
    if (lengthRatio != null && !(lengthRatio >= 1 && Double.isFinite(lengthRatio))) {
      throw PrepSubcommand.invalid("--length-ratio", lengthRatio.toString(), "at least 1");
    }
    return new PairSettings(
        one ? Optional.empty() : Optional.of(vocabulary(tokenizer)),
        longest == null ? 0 : longest,
        lengthRatio == null ? 0 : lengthRatio);
  }
}
