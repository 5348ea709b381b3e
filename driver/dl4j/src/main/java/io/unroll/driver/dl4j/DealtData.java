package io.unroll.driver.dl4j;

import io.unroll.driver.data.LaneData;
import io.unroll.worker.data.Minibatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * The data sets of an RDD, dealt out to lanes: lane i of L has those from i·N/L to (i+1)·N/L of all
 * N, in their order. Each is in exactly one lane; a lane may have none.
 *
 * @param lanes cached, a partition each
 * @param dataSets N
 * @param batch most sequences of one of them
 * @param time steps of the longest
 */
record DealtData(JavaRDD<LaneData> lanes, long dataSets, int batch, int time)
    implements AutoCloseable {
  /** What a lane holds. */
  private record Extent(int batch, int time) implements Serializable {
    static Extent of(LaneData lane) {
      int batch = 0;
      int time = 0;
      for (Minibatch minibatch : ((LaneData.Minibatches) lane).minibatches()) {
        batch = Math.max(batch, minibatch.batch());
        time = Math.max(time, minibatch.time());
      }
      return new Extent(batch, time);
    }

    static Extent larger(Extent one, Extent other) {
      return new Extent(Math.max(one.batch, other.batch), Math.max(one.time, other.time));
    }
  }

  /**
   * Reads and deals; nothing is cached but the lanes.
   *
   * @param batchSize data sets of a lane are put side by side as long as they have no more
   *     sequences than this together; 0 to leave them as they are
   */
  static DealtData of(JavaRDD<DataSet> data, MinibatchReader reader, int laneCount, int batchSize) {
    long count = data.count();
    JavaRDD<LaneData> lanes =
        data.zipWithIndex()
            .mapToPair(
                pair ->
                    new Tuple2<>(
                        (int) (pair._2() * laneCount / count),
                        new Tuple2<>(pair._2(), reader.read(pair._2(), pair._1()))))
            .partitionBy(new HashPartitioner(laneCount))
            .mapPartitions(pairs -> joined(inOrder(pairs), batchSize), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Extent extent = lanes.map(Extent::of).reduce(Extent::larger);
    return new DealtData(lanes, count, extent.batch, extent.time);
  }

  private static List<Minibatch> inOrder(Iterator<Tuple2<Integer, Tuple2<Long, Minibatch>>> pairs) {
    List<Tuple2<Long, Minibatch>> sorted = new ArrayList<>();
    pairs.forEachRemaining(pair -> sorted.add(pair._2()));
    sorted.sort(Comparator.comparingLong(Tuple2::_1));
    List<Minibatch> minibatches = new ArrayList<>();
    sorted.forEach(pair -> minibatches.add(pair._2()));
    return minibatches;
  }

  private static Iterator<LaneData> joined(List<Minibatch> minibatches, int batchSize) {
    List<Minibatch> joined = new ArrayList<>();
    List<Minibatch> together = new ArrayList<>();
    int sequences = 0;
    for (Minibatch minibatch : minibatches) {
      if (!together.isEmpty() && sequences + minibatch.batch() > batchSize) {
        joined.add(Minibatch.sideBySide(together));
        together = new ArrayList<>();
        sequences = 0;
      }
      together.add(minibatch);
      sequences += minibatch.batch();
    }
    if (!together.isEmpty()) {
      joined.add(Minibatch.sideBySide(together));
    }
    return Collections.<LaneData>singleton(new LaneData.Minibatches(joined)).iterator();
  }

  /** Steps of the longest lane, in windows of T steps. */
  int steps(int window) {
    int batchSize = batch;
    return lanes.map(lane -> lane.size(batchSize, window).steps()).reduce(Math::max);
  }

  @Override
  public void close() {
    lanes.unpersist(false);
  }
}
