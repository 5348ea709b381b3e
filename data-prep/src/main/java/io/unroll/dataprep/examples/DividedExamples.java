package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Divides examples among the splits, alike whatever their partitions. */
final class DividedExamples {
  private DividedExamples() {}

  /** By the numbers of two, the first decides. */
  private record Order(long first, long second) implements Serializable, Comparable<Order> {
    @Override
    public int compareTo(Order other) {
      int byFirst = Long.compare(first, other.first);
      return byFirst != 0 ? byFirst : Long.compare(second, other.second);
    }
  }

  /**
   * The examples of each split that is to have some, in their order.
   *
   * @param examples in the order of the input
   */
  static Map<Split, JavaRDD<RawExample>> of(JavaRDD<RawExample> examples, Division division) {
    if (division instanceof Division.Shuffled shuffled) {
      return shares(examples, shuffled);
    }
    if (division instanceof Division.Keyed keyed) {
      return byKey(examples, keyed);
    }
    if (division instanceof Division.Last last) {
      return last(examples, last.examples());
    }
    Map<Split, JavaRDD<RawExample>> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, examples);
    return splits;
  }

  /** In an order that the seed decides about. */
  private static JavaRDD<RawExample> shuffled(JavaRDD<RawExample> examples, long seed) {
    return examples
        .zipWithIndex()
        .mapToPair(
            pair -> new Tuple2<>(new Order(Mixing.of(seed, pair._2()), pair._2()), pair._1()))
        .sortByKey(true, examples.getNumPartitions())
        .values();
  }

  private static Map<Split, JavaRDD<RawExample>> shares(
      JavaRDD<RawExample> examples, Division.Shuffled division) {
    JavaPairRDD<RawExample, Long> placed = shuffled(examples, division.seed()).zipWithIndex();
    long all = examples.count();
    Map<Split, JavaRDD<RawExample>> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      long begin = division.fractions().begin(split, all);
      long end = division.fractions().end(split, all);
      if (division.fractions().of(split) > 0) {
        splits.put(split, between(placed, begin, end));
      }
    }
    return splits;
  }

  private static JavaRDD<RawExample> between(
      JavaPairRDD<RawExample, Long> placed, long begin, long end) {
    return placed.filter(pair -> pair._2() >= begin && pair._2() < end).keys();
  }

  private static Map<Split, JavaRDD<RawExample>> byKey(
      JavaRDD<RawExample> examples, Division.Keyed division) {
    JavaRDD<RawExample> shuffled = shuffled(examples, division.seed());
    long seed = division.seed();
    Fractions fractions = division.fractions();
    Map<Split, JavaRDD<RawExample>> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      if (fractions.of(split) > 0) {
        splits.put(
            split,
            shuffled.filter(
                example -> split(Mixing.unit(Mixing.of(seed, example.key())), fractions) == split));
      }
    }
    return splits;
  }

  private static Split split(double place, Fractions fractions) {
    if (place < fractions.train() || fractions.train() == 1) {
      return Split.TRAIN;
    }
    boolean valid = place < fractions.train() + fractions.valid() || fractions.test() == 0;
    return valid && fractions.valid() > 0 ? Split.VALID : Split.TEST;
  }

  private static Map<Split, JavaRDD<RawExample>> last(JavaRDD<RawExample> examples, long last) {
    long all = examples.count();
    if (last >= all) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot prepare split train: the last %,d of %,d examples are to validate on, and none is left (lower --valid-last)",
              last,
              all));
    }
    JavaPairRDD<RawExample, Long> placed = examples.zipWithIndex();
    Map<Split, JavaRDD<RawExample>> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, between(placed, 0, all - last));
    splits.put(Split.VALID, between(placed, all - last, all));
    return splits;
  }
}
