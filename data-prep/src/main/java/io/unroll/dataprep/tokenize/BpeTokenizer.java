package io.unroll.dataprep.tokenize;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A token is a piece of a word: byte pair encoding over the bytes of UTF-8 (Sennrich, Haddow and
 * Birch 2016; Radford et al. 2019), so that every text is the join of its tokens and none is ever
 * unknown. Tokens are spelled in a byte alphabet where a blank is {@code Ġ}.
 *
 * <p>The pieces are learnt from the words of the training text, which {@link #tokens} gives; {@link
 * #cutter} cuts text into them.
 *
 * @param lowerCase whether letters are made lower-case, each for itself
 * @param minCount pairs seen less often in the training split are not merged
 * @param maxVocabulary the largest vocabulary, special tokens and the 256 bytes included
 */
public record BpeTokenizer(boolean lowerCase, int minCount, int maxVocabulary)
    implements Tokenizer {
  /** Its name. */
  public static final String KIND = "bpe";

  /** Tokens of the vocabulary where nothing is said. */
  public static final int DEFAULT_VOCABULARY = 8000;

  /** The bytes, two special tokens and a merge. */
  private static final int SMALLEST = ByteAlphabet.SIZE + 3;

  /** The words that pieces never cross, as a regular expression. */
  public static final String WORDS = SubwordWords.PATTERN;

  public BpeTokenizer {
    Tokenizer.checkMinCount(minCount);
    if (maxVocabulary < SMALLEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-vocabulary: %d (expected at least %d: 256 bytes, <bos>, <eos> and a pair)",
              maxVocabulary,
              SMALLEST));
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<String> specialTokens() {
    return List.of();
  }

  @Override
  public boolean isToken(String token) {
    return ByteAlphabet.spells(token);
  }

  @Override
  public Breaks breaks() {
    return Breaks.LINE_FEEDS;
  }

  /** The words that pieces never cross. */
  @Override
  public TokenStream tokens(CodePoints text) {
    return new SubwordWords(text, lowerCase);
  }

  @Override
  public Optional<BpeTokenizer> subwords() {
    return Optional.of(this);
  }

  @Override
  public Cutter cutter(List<String> vocabulary) {
    return new Subwords(this, Merges.of(vocabulary));
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    return new BpeTokenizer(lowerCase, otherMinCount, otherMaxVocabulary);
  }

  @Override
  public Tokenizer asWritten() {
    return new BpeTokenizer(false, minCount, maxVocabulary);
  }

  @Override
  public String join(List<String> tokens) {
    return ByteAlphabet.text(bytes(tokens));
  }

  @Override
  public OptionalInt bytes(String token) {
    return OptionalInt.of(token.length());
  }

  @Override
  public boolean endWithinCharacter(List<String> tokens) {
    return ByteAlphabet.endWithinCharacter(bytes(tokens));
  }

  private static byte[] bytes(List<String> tokens) {
    var bytes = new ByteArrayOutputStream();
    tokens.forEach(token -> bytes.writeBytes(ByteAlphabet.decode(token)));
    return bytes.toByteArray();
  }
}
