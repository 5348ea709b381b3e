package io.unroll.dataprep.tokenize;

/**
 * A token is what stands between white space (Unicode's White_Space); each line feed is one more,
 * {@code <eos>}, as the files of Penn Treebank and WikiText expect. {@code <unk>} in the text is
 * the unknown token.
 *
 * @param maxVocabulary the largest vocabulary, {@code <unk>} and {@code <eos>} included; 0: no
 *     limit
 */
public record WordTokenizer(boolean lowerCase, int minCount, int maxVocabulary)
    implements LineTokenizer {
  static final String KIND = "word";

  public WordTokenizer {
    LineTokenizer.check(minCount, maxVocabulary);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    return new Words(text, lowerCase);
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    return new WordTokenizer(lowerCase, otherMinCount, otherMaxVocabulary);
  }
}
