package io.unroll.dataprep.phrases;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * How likely words are translations of words, learnt from sentences alone by expectation
 * maximisation: model 1 of Brown et al. (1993), whose alignments favour the diagonal (Dyer,
 * Chahuneau and Smith 2013). Target word j of n comes from none of the m source words with
 * probability {@code p0}, and from source word i with a probability in proportion to {@code
 * exp(-lambda |(i + 1) / m - (j + 1) / n|)}.
 *
 * <p>Expected counts are whole numbers of 2^-32, whose sums do not depend on their order: the same
 * sentences give the same lexicon on any cluster.
 */
final class Lexicon implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The source of words that translate nothing. */
  static final int NONE = -1;

  private static final double ONE = 1L << 32;

  /** p0 and lambda, as the authors begin with them. */
  private static final double WITHOUT_SOURCE = 0.08;

  private static final double TENSION = 4;

  /** Ascending: see {@link #key}. */
  private final long[] pairs;

  private final float[] probabilities;

  private Lexicon(long[] pairs, float[] probabilities) {
    this.pairs = pairs;
    this.probabilities = probabilities;
  }

  /** A sentence and its translation, by numbers of their words. */
  record Sentence(int[] source, int[] target) implements Serializable {
    Sentence turned() {
      return new Sentence(/* source= */ target, /* target= */ source);
    }
  }

  /**
   * Learns it.
   *
   * @param sentences kept by Spark, since each iteration reads them
   */
  static Lexicon learn(JavaRDD<Sentence> sentences, int iterations) {
    Lexicon lexicon = new Lexicon(new long[0], new float[0]);
    for (int iteration = 0; iteration < iterations; iteration++) {
      lexicon = lexicon.better(sentences);
    }
    return lexicon;
  }

  private Lexicon better(JavaRDD<Sentence> sentences) {
    Broadcast<Lexicon> known =
        JavaSparkContext.fromSparkContext(sentences.context()).broadcast(this);
    JavaPairRDD<Long, Long> counts =
        sentences
            .mapPartitionsToPair(
                part -> {
                  Map<Long, Long> own = new HashMap<>();
                  part.forEachRemaining(sentence -> known.value().expect(sentence, own));
                  List<Tuple2<Long, Long>> found = new ArrayList<>(own.size());
                  own.forEach((pair, count) -> found.add(new Tuple2<>(pair, count)));
                  return found.iterator();
                })
            .reduceByKey(Long::sum);
    try {
      return normalized(counts.collect());
    } finally {
      known.destroy();
    }
  }

  /** The expected counts of a sentence. */
  private void expect(Sentence sentence, Map<Long, Long> counts) {
    for (int j = 0; j < sentence.target().length; j++) {
      double[] shares = shares(sentence, j);
      double sum = 0;
      for (double share : shares) {
        sum += share;
      }
      for (int i = 0; i < shares.length; i++) {
        long count = Math.round(ONE * shares[i] / sum);
        counts.merge(key(source(sentence, i), sentence.target()[j]), count, Long::sum);
      }
    }
  }

  private static int source(Sentence sentence, int i) {
    return i == 0 ? NONE : sentence.source()[i - 1];
  }

  /** How likely it is that a target word comes from none, and from each source word. */
  private double[] shares(Sentence sentence, int j) {
    double[] shares = new double[sentence.source().length + 1];
    double place = (j + 1.0) / sentence.target().length;
    double sum = 0;
    for (int i = 1; i < shares.length; i++) {
      // Of the strict mathematics: the same bits on any machine.
      shares[i] = StrictMath.exp(-TENSION * Math.abs((double) i / (shares.length - 1) - place));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      double prior = i == 0 ? WITHOUT_SOURCE : (1 - WITHOUT_SOURCE) * shares[i] / sum;
      shares[i] = prior * probability(source(sentence, i), sentence.target()[j]);
    }
    return shares;
  }

  private static Lexicon normalized(List<Tuple2<Long, Long>> counts) {
    Map<Integer, Long> sums = new HashMap<>();
    counts.forEach(pair -> sums.merge(source(pair._1()), pair._2(), Long::sum));
    counts = new ArrayList<>(counts);
    counts.sort((a, b) -> Long.compare(a._1(), b._1()));
    long[] pairs = new long[counts.size()];
    float[] probabilities = new float[pairs.length];
    for (int x = 0; x < pairs.length; x++) {
      pairs[x] = counts.get(x)._1();
      double sum = sums.get(source(pairs[x]));
      probabilities[x] = (float) (counts.get(x)._2() / sum);
    }
    return new Lexicon(pairs, probabilities);
  }

  /** The source above, the target below. */
  private static long key(int source, int target) {
    return (long) source << 32 | target;
  }

  private static int source(long key) {
    return (int) (key >> 32);
  }

  /** t(target | source); before anything is learnt, all are as likely. */
  private double probability(int source, int target) {
    if (pairs.length == 0) {
      return 1;
    }
    int found = Arrays.binarySearch(pairs, key(source, target));
    return found < 0 ? 0 : probabilities[found];
  }

  /** For each target word of a sentence the index of its likeliest source word, or -1. */
  int[] sources(Sentence sentence) {
    int[] sources = new int[sentence.target().length];
    for (int j = 0; j < sources.length; j++) {
      double[] shares = shares(sentence, j);
      int best = 0;
      for (int i = 1; i < shares.length; i++) {
        best = shares[i] > shares[best] ? i : best;
      }
      sources[j] = best == 0 ? NONE : best - 1;
    }
    return sources;
  }
}
