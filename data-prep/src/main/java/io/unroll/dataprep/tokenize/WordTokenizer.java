package io.unroll.dataprep.tokenize;

import java.util.List;
import java.util.Locale;

/**
 * A token is what stands between white space (Unicode's White_Space); each line feed is one more,
 * {@code <eos>}, as the files of Penn Treebank and WikiText expect. {@code <unk>} in the text is
 * the unknown token.
 *
 * @param maxVocabulary the largest vocabulary, {@code <unk>} and {@code <eos>} included; 0: no
 *     limit
 */
public record WordTokenizer(boolean lowerCase, int minCount, int maxVocabulary)
    implements Tokenizer {
  static final String KIND = "word";

  public WordTokenizer {
    Tokenizer.checkMinCount(minCount);
    if (maxVocabulary != 0 && maxVocabulary < 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-vocabulary: %d (expected 0 for no limit, or at least 3: <unk>, <eos> and a word)",
              maxVocabulary));
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<String> specialTokens() {
    return List.of(UNKNOWN, END);
  }

  @Override
  public boolean isToken(String token) {
    return Tokenizer.isWord(token);
  }

  @Override
  public boolean readsLines() {
    return true;
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    return new Words(text, lowerCase);
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    return new WordTokenizer(lowerCase, otherMinCount, otherMaxVocabulary);
  }

  @Override
  public String join(List<String> tokens) {
    var text = new StringBuilder();
    boolean lineBegins = true;
    for (String token : tokens) {
      if (token.equals(END)) {
        text.append('\n');
        lineBegins = true;
      } else {
        text.append(lineBegins ? "" : " ").append(token);
        lineBegins = false;
      }
    }
    return text.toString();
  }
}
