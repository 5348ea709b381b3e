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
 * maximisation: model 1 of Brown et al. (1993). Each target word comes from one of the source
 * words, or from none of them, all of which are as likely at first.
 *
 * <p>Expected counts are whole numbers of 2^-32, whose sums do not depend on their order: the same
 * sentences give the same lexicon on any cluster.
 */
final class Lexicon implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The source of words that translate nothing. */
  static final int NONE = -1;

  private static final double ONE = 1L << 32;

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
    double[] shares = new double[sentence.source().length + 1];
    for (int word : sentence.target()) {
      double sum = 0;
      for (int i = 0; i < shares.length; i++) {
        shares[i] = probability(source(sentence, i), word);
        sum += shares[i];
      }
      for (int i = 0; i < shares.length; i++) {
        long count = Math.round(ONE * shares[i] / sum);
        counts.merge(key(source(sentence, i), word), count, Long::sum);
      }
    }
  }

  private static int source(Sentence sentence, int i) {
    return i == 0 ? NONE : sentence.source()[i - 1];
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
      int word = sentence.target()[j];
      double best = probability(NONE, word);
      sources[j] = NONE;
      for (int i = 0; i < sentence.source().length; i++) {
        double probability = probability(sentence.source()[i], word);
        if (probability > best) {
          best = probability;
          sources[j] = i;
        }
      }
    }
    return sources;
  }
}
