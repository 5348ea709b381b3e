package io.unroll.driver.cli;

import io.unroll.dataprep.coco.CocoOptions;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.ExtendedVocabulary;
import io.unroll.dataprep.counting.GivenVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.driver.model.StoredVocabulary;
import picocli.CommandLine.Option;

/**
 * Which vocabulary `prep` encodes with. What does not go together is an {@link
 * IllegalArgumentException}.
 */
class VocabularyOptions {
  @Option(
      names = "--min-count",
      paramLabel = "N",
      description =
          "tokens seen less often in training become <unk> (default: 1, or 5 for coco; at least 1)."
              + " With --extend: new tokens seen less often are not appended (default: that of the"
              + " vocabulary)")
  private Integer minCount;

  @Option(
      names = "--vocabulary",
      paramLabel = "URI",
      description =
          "a dataset, model, run or registry, or a vocabulary.json: encodes with that vocabulary"
              + " and its tokenizer. What it lacks becomes <unk>. With --tokenizer bpe also a number:"
              + " as --max-vocabulary")
  private String uri;

  @Option(
      names = "--extend",
      description =
          "appends tokens of the training text that --vocabulary lacks; the ids of the others stay")
  private boolean extend;

  /** The vocabulary of captions. */
  VocabularyChoice ofCaptions() {
    requireSense();
    if (uri() != null) {
      StoredVocabulary stored = read();
      requireCaptions(stored);
      return given(stored);
    }
    return new CountedVocabulary(
        new CaptionTokenizer(orElse(minCount, CocoOptions.DEFAULT_MIN_COUNT)));
  }

  /** Null if it is not given, or there is no such option. */
  Integer maxVocabulary() {
    return null;
  }

  int minCount(int otherwise) {
    return orElse(minCount, otherwise);
  }

  /** Where the vocabulary is that is to be used; null if one is to be counted. */
  String uri() {
    return uri;
  }

  final void requireSense() {
    if (extend && uri() == null) {
      throw new IllegalArgumentException(
          "Invalid --extend: there is no --vocabulary to append to (give the dataset, model or run that has it)");
    }
    if (uri() != null && !extend) {
      requireAbsent("--min-count", minCount);
      requireAbsent("--max-vocabulary", maxVocabulary());
    }
  }

  private static void requireAbsent(String option, Integer given) {
    if (given != null) {
      throw new IllegalArgumentException(
          "Invalid %s: --vocabulary is taken as it is, and no token is chosen (remove %s, or append new tokens with --extend)"
              .formatted(option, option));
    }
  }

  final StoredVocabulary read() {
    return StoredVocabulary.read(uri(), SparkSessions.hadoop());
  }

  private void requireCaptions(StoredVocabulary stored) {
    Tokenizer own = stored.vocabulary().tokenizer();
    if (!(own instanceof CaptionTokenizer)) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: that of %s is of running text (tokenizer %s), but --kind is coco (expected one of tokenizer caption)"
              .formatted(uri, own.kind()));
    }
  }

  final VocabularyChoice given(StoredVocabulary stored) {
    if (!extend) {
      return new GivenVocabulary(stored.vocabulary());
    }
    Tokenizer own = stored.vocabulary().tokenizer();
    return new ExtendedVocabulary(
        stored.vocabulary(),
        own.choosing(
            orElse(minCount, own.minCount()), orElse(maxVocabulary(), own.maxVocabulary())));
  }

  static int orElse(Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
