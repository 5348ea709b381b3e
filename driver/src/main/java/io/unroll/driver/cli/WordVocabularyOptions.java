package io.unroll.driver.cli;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import io.unroll.driver.model.StoredVocabulary;
import picocli.CommandLine.Option;

/** Which vocabulary of words `prep` encodes with. */
class WordVocabularyOptions extends VocabularyOptions {
  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description =
          "of words and subwords: most tokens in the vocabulary (default: 0, no limit, or 8000 of"
              + " subwords; with --extend, that of the vocabulary)")
  private Integer maxVocabulary;

  @Option(names = "--lower-case", description = "of words and subwords: makes letters lower-case")
  private boolean lowerCase;

  @Override
  Integer maxVocabulary() {
    return maxVocabulary;
  }

  boolean lowerCase() {
    return lowerCase;
  }

  /** The vocabulary of words that are cut already. */
  VocabularyChoice ofWords() {
    requireSense();
    if (uri() == null) {
      return new CountedVocabulary(
          new WordTokenizer(lowerCase, minCount(1), orElse(maxVocabulary, 0)));
    }
    StoredVocabulary stored = read();
    requireWords(stored.vocabulary().tokenizer());
    requireCase(stored.vocabulary().tokenizer());
    return given(stored);
  }

  private void requireWords(Tokenizer own) {
    if (!own.readsLines()) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: that of %s is of tokenizer %s (expected one of words)"
              .formatted(uri(), own.kind()));
    }
  }

  /** Letters that a vocabulary keeps apart cannot be made one. */
  final void requireCase(Tokenizer own) {
    if (lowerCase && !own.lowerCase()) {
      throw new IllegalArgumentException(
          "Invalid --lower-case: the vocabulary of %s has letters as they are (remove it, or give another vocabulary)"
              .formatted(uri()));
    }
  }
}
