package io.unroll.dataprep.counting;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;

/**
 * How often the tokens of a text occur, in the training split and in the others. The counts stay
 * with Spark; the driver receives those that make the vocabulary.
 */
public final class TokenCounts {
  private static final int MOST_FREQUENT = 10;

  private final JavaRDD<TokenCount> training;
  private final JavaPairRDD<String, Long> everywhere;

  /**
   * @param training each token of the training split once
   * @param elsewhere the tokens of the other splits, also several times; only looked at where a
   *     vocabulary may have no {@code <unk>}
   */
  public TokenCounts(JavaPairRDD<String, Long> training, JavaPairRDD<String, Long> elsewhere) {
    this.training = counts(training);
    this.everywhere = training.union(elsewhere);
  }

  private static JavaRDD<TokenCount> counts(JavaPairRDD<String, Long> frequencies) {
    return frequencies.map(pair -> new TokenCount(pair._1(), pair._2()));
  }

  /** The ten most frequent tokens of the training split, most frequent first. */
  public List<TokenCount> mostFrequent() {
    return training.takeOrdered(MOST_FREQUENT, new ByCount());
  }

  /**
   * The first id of a token that training has only once, where a vocabulary was counted by {@link
   * CountedVocabulary}; its size if there is none.
   */
  public int rareFrom(Vocabulary vocabulary) {
    Set<String> special = Set.of(Tokenizer.UNKNOWN, Tokenizer.BEGIN, Tokenizer.END);
    long known = vocabulary.tokens().stream().filter(token -> !special.contains(token)).count();
    long twice = Math.min(known, differentFrequent(2, special));
    return (int) (vocabulary.size() - known + twice);
  }

  /** Tokens that training has at least so often and that are not known, most frequent first. */
  List<TokenCount> frequent(int minCount, Set<String> known) {
    List<TokenCount> found = new ArrayList<>(ofTraining(minCount, known).collect());
    found.sort(new ByCount());
    return found;
  }

  /** The same, but at most so many. */
  List<TokenCount> frequent(int minCount, Set<String> known, int most) {
    return ofTraining(minCount, known).takeOrdered(most, new ByCount());
  }

  /** How many different tokens training has at least so often, besides the known ones. */
  long differentFrequent(int minCount, Set<String> known) {
    return ofTraining(minCount, known).count();
  }

  private JavaRDD<TokenCount> ofTraining(int minCount, Set<String> known) {
    return training.filter(count -> count.count() >= minCount && !known.contains(count.token()));
  }

  /** How many tokens, not different ones, training has besides the known ones. */
  long inTrainingBeyond(Set<String> known) {
    return ofTraining(1, known).map(TokenCount::count).fold(0L, Long::sum);
  }

  /** Whether training has any of some tokens. */
  boolean haveAnyOf(Set<String> tokens) {
    return !training.filter(count -> tokens.contains(count.token())).isEmpty();
  }

  /** Whether any split has a token that is not known. */
  boolean haveMoreThan(Set<String> known) {
    return !everywhere.filter(pair -> !known.contains(pair._1())).isEmpty();
  }

  /** The tokens of all splits that are not known, most frequent first, at most so many. */
  List<TokenCount> beyond(Set<String> known, int most) {
    return counts(ofAllBeyond(known)).takeOrdered(most, new ByCount());
  }

  /** How many different tokens all splits have besides the known ones. */
  long differentBeyond(Set<String> known) {
    return ofAllBeyond(known).count();
  }

  private JavaPairRDD<String, Long> ofAllBeyond(Set<String> known) {
    return everywhere.filter(pair -> !known.contains(pair._1())).reduceByKey(Long::sum);
  }

  /** Why training has nothing but special tokens; empty if it has more. */
  Optional<String> whyBlank(Tokenizer tokenizer) {
    List<String> special = tokenizer.specialTokens();
    if (!training.filter(count -> !special.contains(count.token())).isEmpty()) {
      return Optional.empty();
    }
    long lineEnds =
        training
            .filter(count -> count.token().equals(Tokenizer.END))
            .map(TokenCount::count)
            .fold(0L, Long::sum);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the training text has no token; it holds %,d lines that are blank or only %s (give other text)",
            lineEnds,
            Tokenizer.UNKNOWN));
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
