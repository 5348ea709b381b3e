package io.unroll.driver.train;

import io.unroll.driver.data.LaneData;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import io.unroll.worker.train.LaneTrainer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One round as one Spark job of two stages. Map: lane i trains from the broadcast parameters on its
 * cached data and emits what it ends with in slices. Reduce: slice s is averaged over the lanes in
 * lane order, so the driver receives the model once, whatever the number of lanes. Ordinary tasks:
 * a lost one is computed again and gives the same bits.
 */
final class RoundJob {
  /** What all lanes start from; broadcast. */
  private record Start(float[] parameters, float[] optimizerState) implements Serializable {}

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
    Broadcast<Start> start = context.broadcast(new Start(parameters, optimizerState));
    try {
      List<LaneOutput> outputs =
          JavaPairRDD.fromJavaRDD(
                  context
                      .parallelize(laneStates, laneStates.size())
                      .zipPartitions(
                          lanes, new LaneTask(start, plan, round, averageOptimizerState)))
              .repartitionAndSortWithinPartitions(new SliceKey.BySlice(slices.count() + 1))
              .mapPartitions(RoundJob::reduce)
              .collect();
      return assemble(slices, outputs, parameters.length, optimizerState.length);
    } finally {
      start.destroy();
    }
  }

  private record LaneTask(
      Broadcast<Start> start, LanePlan plan, Round round, boolean averageOptimizerState)
      implements FlatMapFunction2<
          Iterator<float[]>, Iterator<LaneData>, Tuple2<SliceKey, LaneOutput>> {
    @Override
    public Iterator<Tuple2<SliceKey, LaneOutput>> call(
        Iterator<float[]> states, Iterator<LaneData> data) {
      int lane = TaskContext.getPartitionId();
      float[] parameters = start.value().parameters().clone();
      float[] optimizerState = start.value().optimizerState().clone();
      float[] recurrentState = states.next().clone();
      long begin = System.nanoTime();
      LaneReport report =
          new LaneTrainer(plan, KernelChoice.fastest())
              .run(
                  lane,
                  data.next().windows(plan, lane),
                  round.stretch(),
                  parameters,
                  optimizerState,
                  recurrentState);
      LaneTime time = new LaneTime(SparkEnv.get().executorId(), begin, report.nanos());
      Slices slices =
          new Slices(parameters.length, averageOptimizerState ? optimizerState.length : 0);
      return new Iterator<>() {
        private int slice;

        @Override
        public boolean hasNext() {
          return slice <= slices.count();
        }

        @Override
        public Tuple2<SliceKey, LaneOutput> next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          LaneOutput output =
              slice == slices.count()
                  ? new LaneOutput.End(report, time, recurrentState)
                  : new LaneOutput.Part(
                      report.tokens(), slices.cut(slice, parameters, optimizerState));
          return new Tuple2<>(new SliceKey(slice++, lane), output);
        }
      };
    }
  }

  /** No mean comes of lanes that all diverged in their first step, which their reports tell. */
  private static Iterator<LaneOutput> reduce(Iterator<Tuple2<SliceKey, LaneOutput>> outputs) {
    WeightedMean mean = new WeightedMean();
    List<LaneOutput> results = new ArrayList<>();
    int slice = -1;
    while (outputs.hasNext()) {
      Tuple2<SliceKey, LaneOutput> next = outputs.next();
      if (next._2() instanceof LaneOutput.Part part) {
        slice = next._1().slice();
        mean.add(part.weight(), part.values());
      } else {
        results.add(next._2());
      }
    }
    if (slice >= 0) {
      int averaged = slice;
      mean.mean().ifPresent(values -> results.add(new LaneOutput.Mean(averaged, values)));
    }
    return results.iterator();
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
