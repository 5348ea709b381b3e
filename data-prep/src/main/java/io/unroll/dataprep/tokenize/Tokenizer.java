package io.unroll.dataprep.tokenize;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What a token is, with the settings that decide about the vocabulary. Immutable; used by the tasks
 * that read a corpus and by whoever turns a prompt into ids.
 */
public sealed interface Tokenizer extends Serializable
    permits CharTokenizer, LineTokenizer, CaptionTokenizer, LabelTokenizer, SequenceTokenizer {

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

  /**
   * Whether tokens are words of lines: such text may be cut after white space only, and its last
   * line ends even where the line feed is missing. Else it may be cut between any code points.
   */
  boolean readsLines();

  /** The tokens of a text that is given whole or in parts, one after the other. */
  TokenStream tokens(CodePoints text);

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
      default ->
          throw new IllegalArgumentException(
              "Invalid tokenizer: %s (expected char, word or word-punctuation)".formatted(kind));
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
