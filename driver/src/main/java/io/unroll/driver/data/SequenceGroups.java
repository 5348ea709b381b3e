package io.unroll.driver.data;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.TokenRow;
import io.unroll.driver.transfer.ChecksummedShuffle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Deals the captions, or other sequences, of a split out, in the order of their ids. */
final class SequenceGroups {
  /**
   * Some sequences in order.
   *
   * @param tokens of each, from its begin to its end token
   * @param given tokens of each, behind its begin token, that are read but not predicted
   */
  record Group(int[][] tokens, int[] given) implements Serializable {}

  private SequenceGroups() {}

  /** One element per group, each a partition of its own. */
  static JavaRDD<Group> of(SparkSession spark, DatasetDirectory dataset, Split split, Dealing to) {
    DatasetKind kind = dataset.manifest().kind();
    boolean captions = kind == DatasetKind.CAPTIONS;
    var rows = dataset.rows(spark, split);
    var sorted = captions ? rows.sort("image_id", "caption_id") : rows.sort("id");
    JavaPairRDD<Integer, Tuple2<Long, Sequence>> dealt =
        TokenRow.of(sorted, kind)
            .javaRDD()
            .map(row -> new Sequence(row.getTokens(), captions ? 0 : given(row)))
            .zipWithIndex()
            .mapToPair(
                pair -> new Tuple2<>(to.group(pair._2()), new Tuple2<>(pair._2(), pair._1())));
    return ChecksummedShuffle.partitioned(dealt, new HashPartitioner(to.groups()))
        .mapPartitions(SequenceGroups::inOrder, true);
  }

  private static int given(TokenRow row) {
    return Math.toIntExact(row.getIdentifiers()[1]);
  }

  private record Sequence(int[] tokens, int given) implements Serializable {}

  private static Iterator<Group> inOrder(Iterator<Tuple2<Integer, Tuple2<Long, Sequence>>> dealt) {
    List<Tuple2<Long, Sequence>> sorted = new ArrayList<>();
    dealt.forEachRemaining(pair -> sorted.add(pair._2()));
    sorted.sort(Comparator.comparingLong(Tuple2::_1));
    int[][] tokens = sorted.stream().map(pair -> pair._2().tokens()).toArray(int[][]::new);
    int[] given = sorted.stream().mapToInt(pair -> pair._2().given()).toArray();
    return Collections.singleton(new Group(tokens, given)).iterator();
  }
}
