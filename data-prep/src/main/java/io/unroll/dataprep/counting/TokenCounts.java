package io.unroll.dataprep.counting;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;

/**
 * How often the tokens of the training split occur, and the vocabulary that follows. The counts
 * stay with Spark; the driver receives those that make the vocabulary.
 */
public final class TokenCounts {
  private static final int MOST_FREQUENT = 10;

  private final Tokenizer tokenizer;
  private final JavaRDD<TokenCount> counts;

  /**
   * @param frequencies each token once
   */
  public TokenCounts(Tokenizer tokenizer, JavaPairRDD<String, Long> frequencies) {
    this.tokenizer = tokenizer;
    this.counts = frequencies.map(pair -> new TokenCount(pair._1(), pair._2()));
  }

  /** The ten most frequent tokens, most frequent first. */
  public List<TokenCount> mostFrequent() {
    return counts.takeOrdered(MOST_FREQUENT, new ByCount());
  }

  /**
   * The vocabulary: special tokens, then the others, most frequent first, equal ones in the order
   * of their code points.
   *
   * @param elsewhere all tokens of the other splits; only looked at by a tokenizer that has an
   *     {@code <unk>} only where it is needed
   * @throws DataException if no token is frequent enough
   */
  public Vocabulary vocabulary(JavaRDD<String> elsewhere) {
    List<String> known = known();
    if (known.isEmpty()) {
      throw new DataException("Cannot build a vocabulary: " + whyNoneIsKnown());
    }
    List<String> tokens = new ArrayList<>(tokenizer.specialTokens());
    if (tokens.isEmpty() && needsUnknown(known, elsewhere)) {
      tokens.add(Tokenizer.UNKNOWN);
    }
    tokens.addAll(known);
    return new Vocabulary(tokenizer, tokens);
  }

  private List<String> known() {
    int minCount = tokenizer.minCount();
    Set<String> special = new HashSet<>(tokenizer.specialTokens());
    JavaRDD<TokenCount> frequent =
        counts.filter(count -> count.count() >= minCount && !special.contains(count.token()));
    List<TokenCount> taken;
    if (tokenizer.maxVocabulary() > 0) {
      taken = frequent.takeOrdered(tokenizer.maxVocabulary() - special.size(), new ByCount());
    } else {
      taken = new ArrayList<>(frequent.collect());
      taken.sort(new ByCount());
    }
    return taken.stream().map(TokenCount::token).toList();
  }

  private String whyNoneIsKnown() {
    List<String> special = tokenizer.specialTokens();
    if (counts.filter(count -> !special.contains(count.token())).isEmpty()) {
      long lineEnds =
          counts
              .filter(count -> count.token().equals(Tokenizer.END))
              .map(TokenCount::count)
              .fold(0L, Long::sum);
      return String.format(
          Locale.ROOT,
          "the training text has no token; it holds %,d lines that are blank or only %s (give other text)",
          lineEnds,
          Tokenizer.UNKNOWN);
    }
    return String.format(
        Locale.ROOT,
        "no token occurs %d times in the training text (lower min-count)",
        tokenizer.minCount());
  }

  private boolean needsUnknown(List<String> known, JavaRDD<String> elsewhere) {
    Set<String> set = new HashSet<>(known);
    return counts.count() > known.size()
        || !elsewhere.filter(token -> !set.contains(token)).isEmpty();
  }

  /** Most frequent first, then by code points. */
  private static final class ByCount implements Comparator<TokenCount>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(TokenCount a, TokenCount b) {
      int byCount = Long.compare(b.count(), a.count());
      return byCount != 0 ? byCount : compareCodePoints(a.token(), b.token());
    }

    private static int compareCodePoints(String a, String b) {
      var first = a.codePoints().iterator();
      var second = b.codePoints().iterator();
      while (first.hasNext() && second.hasNext()) {
        int byPoint = Integer.compare(first.nextInt(), second.nextInt());
        if (byPoint != 0) {
          return byPoint;
        }
      }
      return Boolean.compare(first.hasNext(), second.hasNext());
    }
  }
}
