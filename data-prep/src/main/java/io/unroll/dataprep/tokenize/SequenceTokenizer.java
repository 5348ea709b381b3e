package io.unroll.dataprep.tokenize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tokens of another tokenizer for texts of their own, which begin and end: with {@code <bos>}
 * and {@code <eos>}. Ends of lines within are no tokens of words.
 *
 * @param inner what cuts the text
 */
public record SequenceTokenizer(Tokenizer inner) implements Tokenizer {
  /** What its kind ends with, behind that of the inner one. */
  public static final String SUFFIX = "-sequence";

  public SequenceTokenizer {
    if (inner instanceof SequenceTokenizer
        || inner instanceof CaptionTokenizer
        || inner instanceof LabelTokenizer) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: %s (expected char, word, word-punctuation or bpe)"
              .formatted(inner.kind()));
    }
  }

  @Override
  public String kind() {
    return inner.kind() + SUFFIX;
  }

  @Override
  public int minCount() {
    return inner.minCount();
  }

  @Override
  public int maxVocabulary() {
    return inner.maxVocabulary();
  }

  @Override
  public boolean lowerCase() {
    return inner.lowerCase();
  }

  @Override
  public List<String> specialTokens() {
    List<String> special = new ArrayList<>(inner.specialTokens());
    special.remove(END);
    special.add(BEGIN);
    special.add(END);
    return special;
  }

  @Override
  public boolean isToken(String token) {
    return token.equals(BEGIN) || token.equals(END) || inner.isToken(token);
  }

  @Override
  public Breaks breaks() {
    return Breaks.ANYWHERE;
  }

  @Override
  public Optional<BpeTokenizer> subwords() {
    return inner.subwords();
  }

  @Override
  public Cutter cutter(List<String> vocabulary) {
    return subwords().isEmpty() ? this : inner.cutter(without(vocabulary));
  }

  private static List<String> without(List<String> tokens) {
    return tokens.stream().filter(t -> !t.equals(BEGIN) && !t.equals(END)).toList();
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    TokenStream stream = inner.tokens(text);
    return () -> nextWithin(stream);
  }

  private static String nextWithin(TokenStream stream) throws IOException {
    String token = stream.next();
    while (token != null && token.equals(END)) {
      token = stream.next();
    }
    return token;
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    return new SequenceTokenizer(inner.choosing(otherMinCount, otherMaxVocabulary));
  }

  @Override
  public Tokenizer asWritten() {
    return new SequenceTokenizer(inner.asWritten());
  }

  @Override
  public String join(List<String> tokens) {
    return inner.join(without(tokens));
  }

  @Override
  public OptionalInt bytes(String token) {
    return token.equals(BEGIN) || token.equals(END) ? OptionalInt.of(0) : inner.bytes(token);
  }

  @Override
  public boolean endWithinCharacter(List<String> tokens) {
    return inner.endWithinCharacter(without(tokens));
  }
}
