package io.unroll.driver.round;

import io.unroll.driver.data.LaneData;
import io.unroll.driver.run.LaneFile;
import io.unroll.driver.transfer.Parcel;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * The map side of a round: trains one lane from the broadcast start, which stays as it is, and
 * emits what the lane ends with: its slices in their order, then its end. Runs on an executor.
 *
 * @param kept where lanes keep their optimiser states; null if they do not
 */
record LaneTask(
    Broadcast<LaneTask.Start> start, LanePlan plan, Round round, Slices slices, KeptStates kept)
    implements FlatMapFunction2<
        Iterator<Parcel<LaneStart>>, Iterator<LaneData>, Tuple2<SliceKey, LaneOutput>> {
  /** What all lanes start from; broadcast. An empty optimiser state stands for zeros. */
  record Start(float[] parameters, float[] optimizerState) implements Serializable {}

  @Override
  public Iterator<Tuple2<SliceKey, LaneOutput>> call(
      Iterator<Parcel<LaneStart>> starts, Iterator<LaneData> data) {
    int lane = TaskContext.getPartitionId();
    Workspace workspace = Workspace.take(plan, TaskContext.get().cpus());
    // Not before: the outputs are cut while Spark writes them.
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) done -> leave(workspace, done));
    LaneStart laneStart = starts.next().open();
    fill(workspace, laneStart);
    float[] recurrentState = laneStart.recurrentState().clone();
    long begin = System.nanoTime();
    LaneReport report =
        workspace
            .trainer()
            .run(
                lane,
                data.next().windows(plan, lane),
                round.stretch(),
                workspace.parameters(),
                workspace.optimizerState(),
                recurrentState);
    LaneTime time = new LaneTime(SparkEnv.get().executorId(), begin, report.nanos());
    return new Outputs(
        workspace,
        new LaneOutput.End(
            report, time, recurrentState, keep(lane, workspace), workspace.trainer().arithmetic()),
        plan.objective().weight(report),
        slices);
  }

  private void fill(Workspace workspace, LaneStart laneStart) {
    float[] parameters = start.value().parameters();
    System.arraycopy(parameters, 0, workspace.parameters(), 0, parameters.length);
    float[] state = start.value().optimizerState();
    if (kept != null) {
      kept.read(laneStart.file(), workspace.optimizerState());
    } else if (state.length == 0) {
      Arrays.fill(workspace.optimizerState(), 0);
    } else {
      System.arraycopy(state, 0, workspace.optimizerState(), 0, state.length);
    }
  }

  private List<LaneFile> keep(int lane, Workspace workspace) {
    return kept == null
        ? List.of()
        : List.of(kept.write(round.number() + 1, lane, workspace.optimizerState()));
  }

  /** What a failure may have left half-done, no other lane should meet. */
  private static void leave(Workspace workspace, TaskContext done) {
    if (!done.isFailed()) {
      workspace.giveBack();
    }
  }

  /** Cuts slice by slice, so that they need not all be in memory together. */
  private static final class Outputs implements Iterator<Tuple2<SliceKey, LaneOutput>> {
    private final Workspace workspace;
    private final LaneOutput.End end;
    private final long weight;
    private final Slices slices;
    private int slice;

    Outputs(Workspace workspace, LaneOutput.End end, long weight, Slices slices) {
      this.workspace = workspace;
      this.end = end;
      this.weight = weight;
      this.slices = slices;
    }

    @Override
    public boolean hasNext() {
      return slice <= slices.count();
    }

    @Override
    public Tuple2<SliceKey, LaneOutput> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      SliceKey key = new SliceKey(slice, end.report().lane());
      LaneOutput output = slice == slices.count() ? end : part();
      slice++;
      return new Tuple2<>(key, output);
    }

    private LaneOutput part() {
      return new LaneOutput.Part(
          weight, slices.cut(slice, workspace.parameters(), workspace.optimizerState()));
    }
  }
}
