package io.unroll.driver.transfer;

import java.util.Comparator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.math.Ordering;

/** Spark's shuffles, with checksums over what goes through their files and the network. */
public final class ChecksummedShuffle {
  private ChecksummedShuffle() {}

  /** As {@link JavaPairRDD#partitionBy}. */
  public static <K, V> JavaPairRDD<K, V> partitioned(
      JavaPairRDD<K, V> pairs, Partitioner partitioner) {
    return pairs(pairs, shuffle(pairs, partitioner));
  }

  /** As {@link JavaPairRDD#repartitionAndSortWithinPartitions}. */
  public static <K extends Comparable<? super K>, V> JavaPairRDD<K, V> sorted(
      JavaPairRDD<K, V> pairs, Partitioner partitioner) {
    Ordering<K> order =
        scala.math.Ordering$.MODULE$.comparatorToOrdering(Comparator.<K>naturalOrder());
    return pairs(pairs, shuffle(pairs, partitioner).setKeyOrdering(order));
  }

  private static <K, V> ShuffledRDD<K, V, V> shuffle(
      JavaPairRDD<K, V> pairs, Partitioner partitioner) {
    return new ShuffledRDD<K, V, V>(
            pairs.rdd(), partitioner, pairs.kClassTag(), pairs.vClassTag(), pairs.vClassTag())
        .setSerializer(new ChecksummedSerializer());
  }

  private static <K, V> JavaPairRDD<K, V> pairs(
      JavaPairRDD<K, V> before, ShuffledRDD<K, V, V> after) {
    return JavaPairRDD.fromRDD(after, before.kClassTag(), before.vClassTag());
  }
}
