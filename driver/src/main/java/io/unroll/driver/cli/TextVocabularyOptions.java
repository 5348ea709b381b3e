package io.unroll.driver.cli;

import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.tokenize.BpeTokenizer;
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
          "char (Unicode code points), word (white space, <eos> at line ends), word-punctuation"
              + " (the same, and each sign of punctuation) or bpe (byte pair encoding, learnt from"
              + " the training text); may be left out with --vocabulary")
  private String tokenizer;

  /** A number is no place: so many subwords are to be learnt. */
  @Override
  String uri() {
    return isNumberOfSubwords() ? null : super.uri();
  }

  @Override
  Integer maxVocabulary() {
    if (!isNumberOfSubwords()) {
      return super.maxVocabulary();
    }
    if (super.maxVocabulary() != null) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: %s (expected --vocabulary N or --max-vocabulary N, not both)"
              .formatted(super.uri()));
    }
    try {
      return Integer.valueOf(super.uri());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: %s (expected a number of tokens)".formatted(super.uri()), e);
    }
  }

  private boolean isNumberOfSubwords() {
    return BpeTokenizer.KIND.equals(tokenizer)
        && super.uri() != null
        && super.uri().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The vocabulary of running text. */
  VocabularyChoice ofText() {
    return of(null);
  }

  /** The vocabulary of texts with labels, of words where nothing is said. */
  VocabularyChoice ofTexts() {
    return of("word");
  }

  /**
   * What cuts texts of pairs, whose vocabularies are always counted; words where nothing is said.
   */
  Tokenizer ofPairs() {
    requireSense();
    if (uri() != null) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: %s (expected a number of subwords beside --tokenizer bpe: pairs have vocabularies of their own)"
              .formatted(uri()));
    }
    return counted("word");
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
          "Missing --tokenizer (expected char, word, word-punctuation or bpe)");
    }
    return new CountedVocabulary(counted(otherwise));
  }

  private Tokenizer counted(String otherwise) {
    return Tokenizer.of(
        tokenizer == null ? otherwise : tokenizer,
        lowerCase(),
        minCount(1),
        orElse(maxVocabulary(), 0));
  }

  private void requireText(StoredVocabulary stored) {
    Tokenizer own = stored.vocabulary().tokenizer();
    if (own instanceof CaptionTokenizer) {
      throw new IllegalArgumentException(
          "Invalid --vocabulary: that of %s is of captions (tokenizer caption), but --kind is text (expected one of tokenizer char, word or bpe)"
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
