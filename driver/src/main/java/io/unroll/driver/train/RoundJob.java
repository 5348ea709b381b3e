package io.unroll.driver.train;

import io.unroll.driver.data.LaneData;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One round as one Spark job of two stages. Map: lane i trains from the broadcast parameters on its
 * cached data and emits what it ends with in slices. Reduce: slice s is averaged over the lanes in
 * lane order, so the driver receives the model once, whatever the number of lanes. Ordinary tasks:
 * a lost one is computed again and gives the same bits.
 */
final class RoundJob {
  /** Bytes that a reducer may have to hold, since it sorts what it fetches. */
  private static final long REDUCER_BYTES = 128L << 20;

  private final JavaSparkContext context;
  private final JavaRDD<LaneData> lanes;
  private final LanePlan plan;
  private final boolean averageOptimizerState;

  RoundJob(
      JavaSparkContext context,
      JavaRDD<LaneData> lanes,
      LanePlan plan,
      boolean averageOptimizerState) {
    this.context = context;
    this.lanes = lanes;
    this.plan = plan;
    this.averageOptimizerState = averageOptimizerState;
  }

  /**
   * Runs a round.
   *
   * @param laneStates recurrent state of each lane; one element per partition of the data
   */
  RoundResult run(
      Round round, float[] parameters, float[] optimizerState, List<float[]> laneStates) {
    Slices slices =
        new Slices(parameters.length, averageOptimizerState ? optimizerState.length : 0);
    int keys = slices.count() + 1; // the ends of the lanes go last
    int reducers = reducers(slices.bytes() * laneStates.size(), keys);
    Broadcast<LaneTask.Start> start =
        context.broadcast(new LaneTask.Start(parameters, optimizerState));
    try {
      List<LaneOutput> outputs =
          JavaPairRDD.fromJavaRDD(
                  context
                      .parallelize(laneStates, laneStates.size())
                      .zipPartitions(
                          lanes, new LaneTask(start, plan, round, averageOptimizerState)))
              .repartitionAndSortWithinPartitions(new SliceKey.InShares(keys, reducers))
              .mapPartitions(RoundJob::reduce)
              .collect();
      return assemble(slices, outputs, parameters.length, optimizerState.length);
    } finally {
      start.destroy();
    }
  }

  /** One per core, since each costs milliseconds to start; more where they would be too large. */
  private int reducers(long bytes, int keys) {
    long wanted = Math.max(context.defaultParallelism(), bytes / REDUCER_BYTES + 1);
    return (int) Math.min(wanted, keys);
  }

  /** No mean comes of lanes that all diverged in their first step, which their reports tell. */
  private static Iterator<LaneOutput> reduce(Iterator<Tuple2<SliceKey, LaneOutput>> outputs) {
    List<LaneOutput> results = new ArrayList<>();
    WeightedMean mean = new WeightedMean();
    int slice = -1;
    while (outputs.hasNext()) {
      Tuple2<SliceKey, LaneOutput> next = outputs.next();
      if (next._1().slice() != slice) {
        addMean(slice, mean, results);
        mean = new WeightedMean();
        slice = next._1().slice();
      }
      if (next._2() instanceof LaneOutput.Part part) {
        mean.add(part.weight(), part.values());
      } else {
        results.add(next._2());
      }
    }
    addMean(slice, mean, results);
    return results.iterator();
  }

  private static void addMean(int slice, WeightedMean mean, List<LaneOutput> results) {
    mean.mean().ifPresent(values -> results.add(new LaneOutput.Mean(slice, values)));
  }

  private static RoundResult assemble(
      Slices slices, List<LaneOutput> outputs, int parameters, int optimizerState) {
    float[] meanParameters = new float[parameters];
    float[] meanOptimizerState = new float[optimizerState];
    List<float[]> laneStates = new ArrayList<>();
    List<LaneReport> reports = new ArrayList<>();
    List<LaneTime> times = new ArrayList<>();
    for (LaneOutput output : outputs) {
      if (output instanceof LaneOutput.Mean mean) {
        slices.paste(mean.slice(), mean.values(), meanParameters, meanOptimizerState);
      } else if (output instanceof LaneOutput.End end) {
        laneStates.add(end.recurrentState());
        reports.add(end.report());
        times.add(end.time());
      }
    }
    return new RoundResult(meanParameters, meanOptimizerState, laneStates, reports, times);
  }
}
