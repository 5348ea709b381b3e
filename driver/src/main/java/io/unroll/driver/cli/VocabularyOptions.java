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
final class VocabularyOptions {
  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "of text: char (Unicode code points) or word (white space, <eos> at line ends); may be"
              + " left out with --vocabulary")
  private String tokenizer;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description =
          "tokens seen less often in training become <unk> (default: 1, or 5 for coco; at least 1)."
              + " With --extend: new tokens seen less often are not appended (default: that of the"
              + " vocabulary)")
  private Integer minCount;

  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description =
          "of words: most tokens in the vocabulary (default: 0, no limit; with --extend, that of"
              + " the vocabulary)")
  private Integer maxVocabulary;

  @Option(names = "--lower-case", description = "of words: makes letters lower-case")
  private boolean lowerCase;

  @Option(
      names = "--vocabulary",
      paramLabel = "URI",
      description =
          "a dataset, model, run or registry, or a vocabulary.json: encodes with that vocabulary"
              + " and its tokenizer. What it lacks becomes <unk>")
  private String uri;

  @Option(
      names = "--extend",
      description =
          "appends tokens of the training text that --vocabulary lacks; the ids of the others stay")
  private boolean extend;

  /** The vocabulary of running text. */
  VocabularyChoice ofText() {
    requireSense();
    if (uri != null) {
      StoredVocabulary stored = read();
      requireText(stored);
      return given(stored);
    }
    if (tokenizer == null) {
      throw new IllegalArgumentException("Missing --tokenizer (expected char or word)");
    }
    return new CountedVocabulary(
        Tokenizer.of(tokenizer, lowerCase, orElse(minCount, 1), orElse(maxVocabulary, 0)));
  }

  /** The vocabulary of captions. */
  VocabularyChoice ofCaptions() {
    requireSense();
    if (uri != null) {
      StoredVocabulary stored = read();
      requireCaptions(stored);
      return given(stored);
    }
    return new CountedVocabulary(
        new CaptionTokenizer(orElse(minCount, CocoOptions.DEFAULT_MIN_COUNT)));
  }

  private void requireSense() {
    if (extend && uri == null) {
      throw new IllegalArgumentException(
          "Invalid --extend: there is no --vocabulary to append to (give the dataset, model or run that has it)");
    }
    if (uri != null && !extend) {
      requireAbsent("--min-count", minCount);
      requireAbsent("--max-vocabulary", maxVocabulary);
    }
  }

  private static void requireAbsent(String option, Integer given) {
    if (given != null) {
      throw new IllegalArgumentException(
          "Invalid %s: --vocabulary is taken as it is, and no token is chosen (remove %s, or append new tokens with --extend)"
              .formatted(option, option));
    }
  }

  private StoredVocabulary read() {
    return StoredVocabulary.read(uri, SparkSessions.hadoop());
  }

  private void requireText(StoredVocabulary stored) {
    Tokenizer own = stored.vocabulary().tokenizer();
    if (own instanceof CaptionTokenizer) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: that of %s is of captions (tokenizer caption), but --kind is text (expected one of tokenizer char or word)"
              .formatted(uri));
    }
    if (tokenizer != null && !tokenizer.equals(own.kind())) {
      throw new IllegalArgumentException(
          "Invalid --tokenizer: %s (expected %s, that of the vocabulary of %s; it may be left out)"
              .formatted(tokenizer, own.kind(), uri));
    }
    if (lowerCase && !own.lowerCase()) {
      throw new IllegalArgumentException(
          "Invalid --lower-case: the vocabulary of %s has letters as they are (remove it, or give another vocabulary)"
              .formatted(uri));
    }
  }

  private void requireCaptions(StoredVocabulary stored) {
    Tokenizer own = stored.vocabulary().tokenizer();
    if (!(own instanceof CaptionTokenizer)) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: that of %s is of running text (tokenizer %s), but --kind is coco (expected one of tokenizer caption)"
              .formatted(uri, own.kind()));
    }
  }

  private VocabularyChoice given(StoredVocabulary stored) {
    if (!extend) {
      return new GivenVocabulary(stored.vocabulary());
    }
    Tokenizer own = stored.vocabulary().tokenizer();
    return new ExtendedVocabulary(
        stored.vocabulary(),
        own.choosing(orElse(minCount, own.minCount()), orElse(maxVocabulary, own.maxVocabulary())));
  }

  private static int orElse(Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
