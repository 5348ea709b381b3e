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

  /** A data set as it was read, or what is wrong with it. */
  private record Reading(Minibatch minibatch, String problem) implements Serializable {
    static Reading of(DataSet data, MinibatchReader reader) {
      try {
        return new Reading(reader.read(data), null);
      } catch (MinibatchReader.NotTokensException e) {
        return new Reading(null, e.getMessage());
      }
    }
  }

  /** What a partition has: its data sets, or those before one that is not tokens. */
  private record Part(long dataSets, String problem) implements Serializable {
    static Iterator<Part> of(Iterator<Reading> readings) {
      long dataSets = 0;
      String problem = null;
      while (problem == null && readings.hasNext()) {
        problem = readings.next().problem;
        dataSets += problem == null ? 1 : 0;
      }
      return Collections.singleton(new Part(dataSets, problem)).iterator();
    }
  }

  /**
   * Reads each data set once, and deals.
   *
   * @param batchSize data sets of a lane are put side by side as long as they have no more
   *     sequences than this together; 0 to leave them as they are
   * @throws InvalidDataSetException with the number of the first that is not tokens
   */
  static DealtData of(JavaRDD<DataSet> data, MinibatchReader reader, int laneCount, int batchSize) {
    JavaRDD<Reading> read =
        data.map(dataSet -> Reading.of(dataSet, reader)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long[] begins = begins(read);
      long count = begins[begins.length - 1];
      JavaRDD<LaneData> lanes =
          read.mapPartitionsWithIndex((part, all) -> numbered(all, begins[part]), true)
              .mapToPair(pair -> new Tuple2<>((int) (pair._1() * laneCount / count), pair))
              .partitionBy(new HashPartitioner(laneCount))
              .mapPartitions(pairs -> joined(inOrder(pairs), batchSize), true)
              .persist(StorageLevel.MEMORY_AND_DISK());
      Extent extent = lanes.map(Extent::of).reduce(Extent::larger);
      return new DealtData(lanes, count, extent.batch, extent.time);
    } finally {
      read.unpersist(false);
    }
  }

  /** Number of the first data set of each partition, then that of all of them. */
  private static long[] begins(JavaRDD<Reading> read) {
    List<Part> parts = read.mapPartitions(Part::of).collect();
    long[] begins = new long[parts.size() + 1];
    for (int k = 0; k < parts.size(); k++) {
      Part part = parts.get(k);
      begins[k + 1] = begins[k] + part.dataSets;
      if (part.problem != null) {
        throw new InvalidDataSetException(begins[k + 1], part.problem);
      }
    }
    return begins;
  }

  private static Iterator<Tuple2<Long, Minibatch>> numbered(Iterator<Reading> all, long first) {
    List<Tuple2<Long, Minibatch>> numbered = new ArrayList<>();
    all.forEachRemaining(
        reading -> numbered.add(new Tuple2<>(first + numbered.size(), reading.minibatch)));
    return numbered.iterator();
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
