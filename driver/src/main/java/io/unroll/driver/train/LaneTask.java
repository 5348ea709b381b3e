package io.unroll.driver.train;

import io.unroll.driver.data.LaneData;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import java.io.Serializable;
import java.util.Iterator;
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
 */
record LaneTask(
    Broadcast<LaneTask.Start> start, LanePlan plan, Round round, boolean averageOptimizerState)
    implements FlatMapFunction2<
        Iterator<float[]>, Iterator<LaneData>, Tuple2<SliceKey, LaneOutput>> {
  /** What all lanes start from; broadcast. */
  record Start(float[] parameters, float[] optimizerState) implements Serializable {}

  @Override
  public Iterator<Tuple2<SliceKey, LaneOutput>> call(
      Iterator<float[]> states, Iterator<LaneData> data) {
    int lane = TaskContext.getPartitionId();
    Workspace workspace = Workspace.take(plan);
    // Not before: the outputs are cut while Spark writes them.
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) done -> leave(workspace, done));
    copy(start.value().parameters(), workspace.parameters());
    copy(start.value().optimizerState(), workspace.optimizerState());
    float[] recurrentState = states.next().clone();
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
        new LaneOutput.End(report, time, recurrentState),
        new Slices(
            workspace.parameters().length,
            averageOptimizerState ? workspace.optimizerState().length : 0));
  }

  /** What a failure may have left half-done, no other lane should meet. */
  private static void leave(Workspace workspace, TaskContext done) {
    if (!done.isFailed()) {
      workspace.giveBack();
    }
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  /** Cuts slice by slice, so that they need not all be in memory together. */
  private static final class Outputs implements Iterator<Tuple2<SliceKey, LaneOutput>> {
    private final Workspace workspace;
    private final LaneOutput.End end;
    private final Slices slices;
    private int slice;

    Outputs(Workspace workspace, LaneOutput.End end, Slices slices) {
      this.workspace = workspace;
      this.end = end;
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
          end.report().tokens(),
          slices.cut(slice, workspace.parameters(), workspace.optimizerState()));
    }
  }
}
