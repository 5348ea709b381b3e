package io.unroll.driver.cli;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.driver.model.StoredVocabulary;
import picocli.CommandLine.Option;

/** Which vocabulary of text `prep` encodes with, and what cuts the text. */
final class TextVocabularyOptions extends WordVocabularyOptions {
  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "char (Unicode code points), word (white space, <eos> at line ends) or word-punctuation"
              + " (the same, and each sign of punctuation); may be left out with --vocabulary")
  private String tokenizer;

  /** The vocabulary of running text. */
  VocabularyChoice ofText() {
    return of(null);
  }

  /** The vocabulary of texts with labels, of words where nothing is said. */
  VocabularyChoice ofTexts() {
    return of("word");
  }

  private VocabularyChoice of(String otherwise) {
    requireSense();
    if (uri() != null) {
      StoredVocabulary stored = read();
      requireText(stored);
      return given(stored);
    }
    if (otherwise == null && tokenizer == null) {
      throw new IllegalArgumentException(
          "Missing --tokenizer (expected char, word or word-punctuation)");
    }
    return new CountedVocabulary(
        Tokenizer.of(
            tokenizer == null ? otherwise : tokenizer,
            lowerCase(),
            minCount(1),
            orElse(maxVocabulary(), 0)));
  }

  private void requireText(StoredVocabulary stored) {
    Tokenizer own = stored.vocabulary().tokenizer();
    if (own instanceof CaptionTokenizer) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: that of %s is of captions (tokenizer caption), but --kind is text (expected one of tokenizer char or word)"
              .formatted(uri()));
    }
    if (tokenizer != null && !tokenizer.equals(own.kind())) {
      throw new IllegalArgumentException(
          "Invalid --tokenizer: %s (expected %s, that of the vocabulary of %s; it may be left out)"
              .formatted(tokenizer, own.kind(), uri()));
    }
    requireCase(own);
  }
}
