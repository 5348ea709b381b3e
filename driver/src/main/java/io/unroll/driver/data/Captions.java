package io.unroll.driver.data;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.TokenRow;
import io.unroll.driver.transfer.ChecksummedShuffle;
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

/** Deals the captions of a split, in the order of image and caption id, into equal groups. */
final class Captions {
  private Captions() {}

  /** One element per group, each a partition of its own: the sequences in order. */
  static JavaRDD<int[][]> groups(
      SparkSession spark, DatasetDirectory dataset, Split split, long captions, int groups) {
    var rows = dataset.rows(spark, split).sort("image_id", "caption_id");
    JavaPairRDD<Integer, Tuple2<Long, int[]>> dealt =
        TokenRow.of(rows, dataset.manifest().kind())
            .javaRDD()
            .map(TokenRow::getTokens)
            .zipWithIndex()
            .mapToPair(
                pair ->
                    new Tuple2<>(
                        (int) (pair._2() * groups / captions), new Tuple2<>(pair._2(), pair._1())));
    return ChecksummedShuffle.partitioned(dealt, new HashPartitioner(groups))
        .mapPartitions(Captions::inOrder, true);
  }

  private static Iterator<int[][]> inOrder(
      Iterator<Tuple2<Integer, Tuple2<Long, int[]>>> captions) {
    List<Tuple2<Long, int[]>> sorted = new ArrayList<>();
    captions.forEachRemaining(pair -> sorted.add(pair._2()));
    sorted.sort(Comparator.comparingLong(Tuple2::_1));
    int[][] sequences = sorted.stream().map(Tuple2::_2).toArray(int[][]::new);
    return Collections.singleton(sequences).iterator();
  }
}
