package io.unroll.driver.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * What counting alone achieves on the same tokens: a network that is no better than its bigrams has
 * learnt nothing from longer contexts. Counted on one split and judged on another, by Spark jobs.
 *
 * <p>Unigram, with one added to every count: p(w) = (c(w) + 1) / (N + V). Bigram, interpolated
 * after Witten and Bell (1991): p(w|h) = (c(h,w) + d(h) p(w)) / (c(h) + d(h)), where d(h) is the
 * number of different tokens seen after h; p(w) for an h never seen.
 *
 * @param unigram mean loss in nats per token
 * @param bigram mean loss in nats per token
 * @param tokens predictions judged
 */
public record NgramBaseline(double unigram, double bigram, long tokens) {
  /** A history and the token after it. */
  private record Pair(int history, int token) implements Serializable {}

  /** Counts by token: as a target, as a history, and of different successors. */
  private record Counts(long[] targets, long[] histories, long[] successors, long total)
      implements Serializable {
    double unigram(int token) {
      return (targets[token] + 1.0) / (total + targets.length);
    }

    double bigram(Pair pair, long count) {
      long different = successors[pair.history()];
      double unigram = unigram(pair.token());
      return different == 0
          ? unigram
          : (count + different * unigram) / (histories[pair.history()] + different);
    }
  }

  /** Summed losses of some predictions. */
  private record Losses(double unigram, double bigram, long tokens) implements Serializable {
    Losses plus(Losses other) {
      return new Losses(unigram + other.unigram, bigram + other.bigram, tokens + other.tokens);
    }
  }

  /**
   * Counts and judges.
   *
   * @param counted sequences to count; each token but the first is a prediction
   * @param judged sequences to judge on, likewise; at least one prediction
   * @param vocabulary V
   */
  public static NgramBaseline of(
      JavaSparkContext context, JavaRDD<int[]> counted, JavaRDD<int[]> judged, int vocabulary) {
    JavaPairRDD<Pair, Long> pairs = pairCounts(counted).cache();
    Broadcast<Counts> counts = context.broadcast(counts(pairs, vocabulary));
    try {
      Losses sums =
          pairCounts(judged)
              .leftOuterJoin(pairs)
              .map(
                  joined ->
                      losses(
                          counts.value(), joined._1(), joined._2()._1(), joined._2()._2().or(0L)))
              .treeReduce(Losses::plus);
      return new NgramBaseline(
          sums.unigram() / sums.tokens(), sums.bigram() / sums.tokens(), sums.tokens());
    } finally {
      counts.unpersist(true);
      pairs.unpersist(true);
    }
  }

  private static Losses losses(Counts counts, Pair pair, long occurrences, long counted) {
    return new Losses(
        occurrences * surprise(counts.unigram(pair.token())),
        occurrences * surprise(counts.bigram(pair, counted)),
        occurrences);
  }

  /** -ln p, and 0 for what is certain, not -0. */
  private static double surprise(double probability) {
    return 0.0 - Math.log(probability);
  }

  private static JavaPairRDD<Pair, Long> pairCounts(JavaRDD<int[]> sequences) {
    return sequences.flatMapToPair(NgramBaseline::pairs).reduceByKey(Long::sum);
  }

  private static Iterator<Tuple2<Pair, Long>> pairs(int[] sequence) {
    List<Tuple2<Pair, Long>> pairs = new ArrayList<>(sequence.length);
    for (int x = 1; x < sequence.length; x++) {
      pairs.add(new Tuple2<>(new Pair(sequence[x - 1], sequence[x]), 1L));
    }
    return pairs.iterator();
  }

  private static Counts counts(JavaPairRDD<Pair, Long> pairs, int vocabulary) {
    long[] targets = new long[vocabulary];
    long[] histories = new long[vocabulary];
    long[] successors = new long[vocabulary];
    long total = 0;
    Iterator<Tuple2<Pair, Long>> all = pairs.toLocalIterator();
    while (all.hasNext()) {
      Tuple2<Pair, Long> next = all.next();
      targets[next._1().token()] += next._2();
      histories[next._1().history()] += next._2();
      successors[next._1().history()]++;
      total += next._2();
    }
    return new Counts(targets, histories, successors, total);
  }
}
