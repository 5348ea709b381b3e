package io.unroll.driver.data;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.transfer.ChecksummedShuffle;
import io.unroll.worker.data.Example;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Deals the examples of a split out, in the order of their ids. */
final class Examples {
  private Examples() {}

  /** What is made of a row. */
  private interface Form<T> extends Serializable {
    T of(ExampleRow row, ExampleShape shape);
  }

  /** One element per group, each a partition of its own: the examples in order. */
  static JavaRDD<List<Example>> groups(
      SparkSession spark, DatasetDirectory dataset, Split split, Dealing to) {
    return groups(spark, dataset, split, to, Examples::example);
  }

  /** The same, with what each example is about. */
  static JavaRDD<List<GroupedExample>> grouped(
      SparkSession spark, DatasetDirectory dataset, Split split, Dealing to) {
    return groups(
        spark,
        dataset,
        split,
        to,
        (row, shape) -> new GroupedExample(row.getGroup(), example(row, shape)));
  }

  private static <T> JavaRDD<List<T>> groups(
      SparkSession spark, DatasetDirectory dataset, Split split, Dealing to, Form<T> form) {
    ExampleShape shape = dataset.manifest().examples().orElseThrow();
    JavaPairRDD<Integer, Tuple2<Long, T>> dealt =
        ExampleRow.of(dataset.rows(spark, split), shape)
            .javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        to.group(row.getId()), new Tuple2<>(row.getId(), form.of(row, shape))));
    return ChecksummedShuffle.partitioned(dealt, new HashPartitioner(to.groups()))
        .mapPartitions(Examples::inOrder, true);
  }

  private static <T> Iterator<List<T>> inOrder(Iterator<Tuple2<Integer, Tuple2<Long, T>>> dealt) {
    List<Tuple2<Long, T>> sorted = new ArrayList<>();
    dealt.forEachRemaining(pair -> sorted.add(pair._2()));
    sorted.sort(Comparator.comparingLong(Tuple2::_1));
    List<T> ordered = new ArrayList<>(sorted.size());
    sorted.forEach(pair -> ordered.add(pair._2()));
    return Collections.singleton(ordered).iterator();
  }

  private static Example example(ExampleRow row, ExampleShape shape) {
    if (shape.source() == ExampleShape.Source.VECTORS) {
      int steps = row.getValues().length / shape.vectorSize();
      return Example.ofVectors(steps, row.getValues(), row.getTargets());
    }
    return shape.characters()
        ? Example.ofWords(row.getTokens(), words(row), row.getTargets())
        : Example.ofTokens(row.getTokens(), row.getTargets());
  }

  private static int[][] words(ExampleRow row) {
    int[] lengths = row.getWordLengths();
    int[][] words = new int[lengths.length][];
    int from = 0;
    for (int t = 0; t < lengths.length; t++) {
      words[t] = Arrays.copyOfRange(row.getCharacters(), from, from + lengths[t]);
      from += lengths[t];
    }
    return words;
  }
}
