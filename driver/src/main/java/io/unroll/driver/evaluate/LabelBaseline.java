package io.unroll.driver.evaluate;

import io.unroll.worker.data.Example;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * What counting alone achieves on labelled tokens: a network that is no better has learnt nothing
 * from their order. Counted on one split and judged on another, by Spark jobs.
 *
 * <p>Where an example has one label, naive Bayes over its tokens, or over these and its pairs of
 * neighbours (multinomial, with one added to every count): the label of largest log p(label) + Σ
 * log ((c(f, label) + 1) / (N(label) + F)) over its features f, where F is the number of different
 * features. Where every token has a tag, the most frequent tag of the token; of one that training
 * has not, the most frequent of those that it has once.
 *
 * @param name in words
 * @param accuracy share of the labels that are right, 0 to 1
 */
public record LabelBaseline(String name, double accuracy) {
  private static final int SHIFT = 32;

  /**
   * Counts and judges.
   *
   * @param counted one element per partition
   * @param judged one element per partition
   * @param labels K
   * @param tags whether every token has a label
   */
  static List<LabelBaseline> of(
      JavaSparkContext context,
      JavaRDD<List<Example>> counted,
      JavaRDD<List<Example>> judged,
      int labels,
      boolean tags) {
    List<LabelBaseline> baselines = new ArrayList<>();
    if (tags) {
      Counts counts = Counts.of(counted, labels, Features.TAGGED_TOKENS);
      baselines.add(judge(context, judged, counts, "the most frequent tag of each word"));
    } else {
      Counts tokens = Counts.of(counted, labels, Features.TOKENS);
      baselines.add(judge(context, judged, tokens, "naive Bayes over tokens"));
      Counts pairs = Counts.of(counted, labels, Features.TOKENS_AND_PAIRS);
      baselines.add(judge(context, judged, pairs, "naive Bayes over tokens and pairs"));
    }
    return baselines;
  }

  private static LabelBaseline judge(
      JavaSparkContext context, JavaRDD<List<Example>> judged, Counts counts, String name) {
    Broadcast<Counts> sent = context.broadcast(counts);
    try {
      List<long[]> parts = judged.map(part -> sent.value().judge(part)).collect();
      long right = parts.stream().mapToLong(part -> part[0]).sum();
      long all = parts.stream().mapToLong(part -> part[1]).sum();
      return new LabelBaseline(name, (double) right / all);
    } finally {
      sent.destroy();
    }
  }

  /** What is counted. */
  private enum Features {
    TOKENS,
    TOKENS_AND_PAIRS,
    TAGGED_TOKENS;

    long[] of(Example example) {
      int[] tokens = example.tokens();
      LongStream single = Arrays.stream(tokens).asLongStream();
      if (this != TOKENS_AND_PAIRS) {
        return single.toArray();
      }
      LongStream pairs =
          IntStream.range(1, tokens.length)
              .mapToLong(t -> (long) (tokens[t - 1] + 1) << SHIFT | tokens[t]);
      return LongStream.concat(single, pairs).toArray();
    }

    /** The label of a feature's place. */
    int label(Example example, int place) {
      return example.targets()[this == TAGGED_TOKENS ? place : 0];
    }
  }

  /** How often each feature has each label. */
  private record Counts(
      Features features, Map<Long, long[]> byFeature, long[] perLabel, long[] examples)
      implements Serializable {
    static Counts of(JavaRDD<List<Example>> counted, int labels, Features features) {
      JavaPairRDD<Long, long[]> counts =
          counted
              .flatMap(List::iterator)
              .flatMapToPair(
                  example -> {
                    long[] found = features.of(example);
                    List<Tuple2<Long, long[]>> pairs = new ArrayList<>(found.length);
                    for (int place = 0; place < found.length; place++) {
                      long[] one = new long[labels];
                      one[features.label(example, place)] = 1;
                      pairs.add(new Tuple2<>(found[place], one));
                    }
                    return pairs.iterator();
                  })
              .reduceByKey(Counts::sum);
      long[] examples =
          counted
              .map(
                  part -> {
                    long[] sums = new long[labels];
                    part.forEach(example -> sums[example.targets()[0]]++);
                    return sums;
                  })
              .reduce(Counts::sum);
      Map<Long, long[]> byFeature = counts.collectAsMap();
      long[] perLabel = new long[labels];
      byFeature.values().forEach(each -> add(each, perLabel));
      return new Counts(features, byFeature, perLabel, examples);
    }

    private static long[] sum(long[] a, long[] b) {
      long[] sum = a.clone();
      add(b, sum);
      return sum;
    }

    private static void add(long[] a, long[] to) {
      for (int k = 0; k < to.length; k++) {
        to[k] += a[k];
      }
    }

    /** Right ones and all. */
    long[] judge(List<Example> examples) {
      int fallback = features == Features.TAGGED_TOKENS ? largest(ofOnce()) : 0;
      long[] result = new long[2];
      for (Example example : examples) {
        long[] found = features.of(example);
        if (features == Features.TAGGED_TOKENS) {
          for (int place = 0; place < found.length; place++) {
            long[] counts = byFeature.get(found[place]);
            int given = counts == null ? fallback : largest(counts);
            result[0] += given == features.label(example, place) ? 1 : 0;
            result[1]++;
          }
        } else {
          result[0] += mostLikely(found) == features.label(example, 0) ? 1 : 0;
          result[1]++;
        }
      }
      return result;
    }

    /** The tags of tokens that training has once. */
    private double[] ofOnce() {
      double[] sums = new double[perLabel.length];
      for (long[] counts : byFeature.values()) {
        if (Arrays.stream(counts).sum() == 1) {
          for (int k = 0; k < sums.length; k++) {
            sums[k] += counts[k];
          }
        }
      }
      return sums;
    }

    private int mostLikely(long[] found) {
      long all = Arrays.stream(examples).sum();
      double[] scores = new double[perLabel.length];
      for (int k = 0; k < scores.length; k++) {
        scores[k] = StrictMath.log((double) examples[k] / all);
        for (long feature : found) {
          long[] counts = byFeature.get(feature);
          if (counts != null) {
            scores[k] += StrictMath.log((counts[k] + 1.0) / (perLabel[k] + byFeature.size()));
          }
        }
      }
      return largest(scores);
    }

    private static int largest(long[] values) {
      return largest(Arrays.stream(values).asDoubleStream().toArray());
    }

    private static int largest(double[] values) {
      return Collections.max(
          IntStream.range(0, values.length).boxed().toList(),
          (a, b) ->
              Double.compare(values[a], values[b]) != 0
                  ? Double.compare(values[a], values[b])
                  : b - a);
    }
  }
}
