package io.unroll.dataprep.tokenize;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a token is, with the settings that decide about the vocabulary. Subwords are learnt: what
 * cuts text into them is had from the vocabulary ({@link #cutter}).
 */
public sealed interface Tokenizer extends Cutter
    permits CharTokenizer,
        LineTokenizer,
        CaptionTokenizer,
        LabelTokenizer,
        SequenceTokenizer,
        BpeTokenizer {

  /** A token seldom enough to be left out of the vocabulary, or never seen in training. */
  String UNKNOWN = "<unk>";

  /** Begin of a caption, or of another text of its own. */
  String BEGIN = "<bos>";

  /** End of a line, or of a text of its own. */
  String END = "<eos>";

  /** The name on the command line and in files. */
  String kind();

  /** Tokens seen less often in the training split are unknown; at least 1. */
  int minCount();

  /** The largest vocabulary, special tokens included; 0: no limit. */
  int maxVocabulary();

  /** Whether letters are made lower-case. */
  boolean lowerCase();

  /** Special tokens that its vocabularies always have, in the order of their ids, from 0. */
  List<String> specialTokens();

  /** Whether a string can be one of its tokens, special ones included. */
  boolean isToken(String token);

  /** Whether tokens are words of lines, each of which ends with {@link #END}. */
  default boolean readsLines() {
    return breaks() == Breaks.BLANKS;
  }

  /** The subwords that words are cut into, if they are. */
  default Optional<BpeTokenizer> subwords() {
    return Optional.empty();
  }

  /**
   * Cuts text into tokens of a vocabulary.
   *
   * @param vocabulary all of its tokens
   * @throws IllegalArgumentException if subwords cannot be cut into with such a vocabulary
   */
  default Cutter cutter(List<String> vocabulary) {
    return this;
  }

  /**
   * The same tokenizer, whose vocabularies are chosen by other settings.
   *
   * @throws IllegalArgumentException if there is no such setting, or it is out of range
   */
  Tokenizer choosing(int otherMinCount, int otherMaxVocabulary);

  /** The same tokenizer, but that it leaves letters as they are. */
  default Tokenizer asWritten() {
    if (this instanceof WordTokenizer) {
      return new WordTokenizer(false, minCount(), maxVocabulary());
    }
    if (this instanceof WordPunctuationTokenizer) {
      return new WordPunctuationTokenizer(false, minCount(), maxVocabulary());
    }
    return this;
  }

  /** The text that the tokens stand for. */
  String join(List<String> tokens);

  /** How many bytes of UTF-8 a token stands for, where that is known of it alone. */
  default OptionalInt bytes(String token) {
    return OptionalInt.empty();
  }

  /** Whether the last of the tokens ends before its character does. */
  default boolean endWithinCharacter(List<String> tokens) {
    return false;
  }

  /**
   * The tokenizer of running text that a command line names.
   *
   * @throws IllegalArgumentException if there is none of that name, or it lacks a setting
   */
  static Tokenizer of(String kind, boolean lowerCase, int minCount, int maxVocabulary) {
    return switch (kind) {
      case CharTokenizer.KIND -> {
        if (lowerCase || maxVocabulary != 0) {
          throw new IllegalArgumentException(
              "Invalid %s: the char tokenizer has no such setting (expected tokenizer word)"
                  .formatted(lowerCase ? "lower-case" : "max-vocabulary"));
        }
        yield new CharTokenizer(minCount);
      }
      case WordTokenizer.KIND -> new WordTokenizer(lowerCase, minCount, maxVocabulary);
      case WordPunctuationTokenizer.KIND ->
          new WordPunctuationTokenizer(lowerCase, minCount, maxVocabulary);
      case BpeTokenizer.KIND ->
          new BpeTokenizer(
              lowerCase,
              minCount,
              maxVocabulary == 0 ? BpeTokenizer.DEFAULT_VOCABULARY : maxVocabulary);
      default ->
          throw new IllegalArgumentException(
              "Invalid tokenizer: %s (expected char, word, word-punctuation or bpe)"
                  .formatted(kind));
    };
  }

  /** Whether a string is a word: neither empty nor with white space in it, and valid Unicode. */
  static boolean isWord(String token) {
    return !token.isEmpty()
        && token.codePoints().noneMatch(p -> Words.isWhiteSpace(p) || isSurrogate(p));
  }

  /** Whether a code point is half of a pair: no character, and not to be had in UTF-8. */
  static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /**
   * Checks a setting that all kinds have.
   *
   * @throws IllegalArgumentException if a minimum count is below 1
   */
  static void checkMinCount(int minCount) {
    if (minCount < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid min-count: %d (expected at least 1)", minCount));
    }
  }
}
