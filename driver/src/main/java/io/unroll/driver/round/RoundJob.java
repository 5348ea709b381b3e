package io.unroll.driver.round;

import io.unroll.driver.config.AveragingSettings.OptimizerState;
import io.unroll.driver.data.LaneData;
import io.unroll.driver.run.Checkpoint;
import io.unroll.driver.transfer.ChecksummedShuffle;
import io.unroll.driver.transfer.DamagedTransferException;
import io.unroll.driver.transfer.Parcel;
import io.unroll.driver.transfer.Retries;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.train.LanePlan;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * One round as one Spark job of two stages. Map: lane i trains from the broadcast parameters on its
 * cached data and emits what it ends with in slices. Reduce: slice s is averaged over the lanes in
 * lane order, so the driver receives the model once, whatever the number of lanes. Ordinary tasks:
 * a lost one is computed again and gives the same bits.
 */
public final class RoundJob implements AutoCloseable {
  /** Bytes that a reducer may have to hold, since it sorts what it fetches. */
  private static final long REDUCER_BYTES = 128L << 20;

  private final JavaSparkContext context;
  private final JavaRDD<LaneData> lanes;
  private final LanePlan plan;
  private final OptimizerState optimizerStates;
  private final String run;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param optimizerStates what becomes of them at the end of a round
   * @param run URI of the run directory, where lanes keep what they keep; null if that is nothing
   */
  public RoundJob(
      JavaSparkContext context,
      JavaRDD<LaneData> lanes,
      LanePlan plan,
      OptimizerState optimizerStates,
      String run) {
    this.context = context;
    this.lanes = lanes;
    this.plan = plan;
    this.optimizerStates = optimizerStates;
    this.run = run;
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /**
   * Runs a round from where the run stands.
   *
   * @throws io.unroll.worker.math.UnusableKernelsException if executors differ in their arithmetic
   */
  RoundResult run(Round round, Checkpoint state) {
    return Retries.untilWhole("round " + (round.number() + 1), () -> attempt(round, state));
  }

  private RoundResult attempt(Round round, Checkpoint state) {
    int laneCount = state.laneStates().size();
    Slices slices = new Slices(state.parameters().length, state.optimizerState().length, laneCount);
    int keys = slices.count() + 1; // the ends of the lanes go last
    int reducers = reducers(slices.bytes() * laneCount, keys);
    Broadcast<LaneTask.Start> start =
        context.broadcast(new LaneTask.Start(state.parameters(), state.optimizerState()));
    JavaPairRDD<SliceKey, LaneOutput> sorted =
        ChecksummedShuffle.sorted(
            JavaPairRDD.fromJavaRDD(
                context
                    .parallelize(LaneStart.of(state.laneStates(), state.laneFiles()), laneCount)
                    .zipPartitions(lanes, new LaneTask(start, plan, round, slices, kept()))),
            new SliceKey.InShares(keys, reducers));
    try {
      List<Parcel<LaneOutput>> results =
          sorted
              .mapPartitions(outputs -> reduce(new WholeSlices(outputs, laneCount), slices))
              .collect();
      return assemble(slices, results, state);
    } finally {
      // At once: Spark itself would leave both to a garbage collection that may be long in coming.
      sorted.rdd().cleanShuffleDependencies(false);
      start.destroy();
    }
  }

  /** Null unless lanes have something to keep. */
  private KeptStates kept() {
    return optimizerStates == OptimizerState.KEEP && plan.optimizer().slots() > 0
        ? new KeptStates(run, hadoop)
        : null;
  }

  /** One per core, since each costs milliseconds to start; more where they would be too large. */
  private int reducers(long bytes, int keys) {
    long wanted = Math.max(context.defaultParallelism(), bytes / REDUCER_BYTES + 1);
    return (int) Math.min(wanted, keys);
  }

  /** No mean comes of lanes that all diverged in their first step, which their reports tell. */
  private static Iterator<Parcel<LaneOutput>> reduce(
      Iterator<Tuple2<SliceKey, LaneOutput>> outputs, Slices slices) {
    List<Parcel<LaneOutput>> results = new ArrayList<>();
    WeightedMean mean = new WeightedMean(0);
    int slice = -1;
    while (outputs.hasNext()) {
      Tuple2<SliceKey, LaneOutput> next = outputs.next();
      if (next._1().slice() != slice) {
        addMean(slice, mean, results);
        slice = next._1().slice();
        mean = new WeightedMean(slice < slices.count() ? slices.parametersOf(slice) : 0);
      }
      if (next._2() instanceof LaneOutput.Part part) {
        mean.add(part.weight(), part.values());
      } else {
        results.add(Parcel.of(next._2()));
      }
    }
    addMean(slice, mean, results);
    return results.iterator();
  }

  private static void addMean(int slice, WeightedMean mean, List<Parcel<LaneOutput>> results) {
    mean.mean()
        .ifPresent(
            values -> results.add(Parcel.of(new LaneOutput.Mean(slice, values, mean.spread()))));
  }

  private RoundResult assemble(Slices slices, List<Parcel<LaneOutput>> outputs, Checkpoint before) {
    // What no lane has a mean for stays as it was.
    float[] parameters = before.parameters().clone();
    float[] optimizerState = before.optimizerState().clone();
    List<LaneOutput.End> ends = new ArrayList<>();
    double spread = 0;
    int means = 0;
    for (Parcel<LaneOutput> parcel : outputs) {
      LaneOutput output = parcel.open();
      if (output instanceof LaneOutput.Mean mean) {
        slices.paste(mean.slice(), mean.values(), parameters, optimizerState);
        spread += mean.spread();
        means++;
      } else if (output instanceof LaneOutput.End end) {
        ends.add(end);
      }
    }
    boolean trained = ends.stream().anyMatch(end -> plan.objective().weight(end.report()) > 0);
    if (ends.size() != before.laneStates().size() || means != (trained ? slices.count() : 0)) {
      throw new UncheckedIOException(
          new DamagedTransferException("slices or ends of lanes are missing"));
    }
    KernelChoice.requireOne(
        ends.stream().map(LaneOutput.End::arithmetic).collect(Collectors.toSet()));
    return new RoundResult(
        parameters,
        optimizerState,
        Math.sqrt(spread),
        ends.stream().map(LaneOutput.End::recurrentState).toList(),
        ends.stream().flatMap(end -> end.file().stream()).toList(),
        ends.stream().map(LaneOutput.End::report).toList(),
        ends.stream().map(LaneOutput.End::time).toList());
  }

  /** Frees what the job holds on executors. */
  @Override
  public void close() {
    hadoop.destroy();
  }
}
