package io.unroll.dataprep.tokenize;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * As {@link WordTokenizer}, but signs of punctuation and symbols are tokens of their own: {@code
 * (Well, it's 3.5.)} is {@code ( Well , it's 3.5 . )}. An apostrophe or hyphen between two letters
 * or digits stays within the word, and so do a dot, comma or colon between two digits.
 *
 * @param maxVocabulary the largest vocabulary, {@code <unk>} and {@code <eos>} included; 0: no
 *     limit
 */
public record WordPunctuationTokenizer(boolean lowerCase, int minCount, int maxVocabulary)
    implements LineTokenizer {
  static final String KIND = "word-punctuation";

  private static final String WITHIN_WORDS = "'\u2019-\u2010";
  private static final String WITHIN_NUMBERS = ".,:";

  public WordPunctuationTokenizer {
    LineTokenizer.check(minCount, maxVocabulary);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TokenStream tokens(CodePoints text) {
    TokenStream words = new Words(text, lowerCase);
    Deque<String> pieces = new ArrayDeque<>();
    return () -> {
      if (pieces.isEmpty()) {
        String word = words.next();
        if (word == null) {
          return null;
        }
        cut(word, pieces);
      }
      return pieces.poll();
    };
  }

  private static void cut(String word, Deque<String> pieces) {
    if (word.equals(END) || word.equals(UNKNOWN)) {
      pieces.add(word);
      return;
    }
    int[] points = word.codePoints().toArray();
    int begin = 0;
    for (int x = 0; x < points.length; x++) {
      if (isSign(points[x]) && !isWithin(points, x)) {
        add(points, begin, x, pieces);
        add(points, x, x + 1, pieces);
        begin = x + 1;
      }
    }
    add(points, begin, points.length, pieces);
  }

  private static void add(int[] points, int begin, int end, Deque<String> pieces) {
    if (begin < end) {
      pieces.add(new String(points, begin, end - begin));
    }
  }

  private static boolean isWithin(int[] points, int at) {
    if (at == 0 || at == points.length - 1) {
      return false;
    }
    int before = points[at - 1];
    int after = points[at + 1];
    if (WITHIN_WORDS.indexOf(points[at]) >= 0) {
      return Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
    }
    return WITHIN_NUMBERS.indexOf(points[at]) >= 0
        && Character.isDigit(before)
        && Character.isDigit(after);
  }

  private static boolean isSign(int point) {
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          true;
      default -> false;
    };
  }

  @Override
  public Tokenizer choosing(int otherMinCount, int otherMaxVocabulary) {
    return new WordPunctuationTokenizer(lowerCase, otherMinCount, otherMaxVocabulary);
  }
}
