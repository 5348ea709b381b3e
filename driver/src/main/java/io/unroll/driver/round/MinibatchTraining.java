package io.unroll.driver.round;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.data.LaneData;
import io.unroll.driver.run.Checkpoint;
import io.unroll.driver.run.Progress;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneReport;
import io.unroll.worker.train.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Training for those who bring their data as an RDD and keep the result in memory: one epoch over
 * lanes of minibatches, in rounds, without a run directory. Deterministic like a run.
 */
public final class MinibatchTraining {
  private final JavaSparkContext context;
  private final JavaRDD<LaneData> lanes;
  private final LanePlan plan;
  private final AveragingSettings averaging;

  /**
   * @param lanes a partition each; to be cached by the caller
   * @param averaging with an interval; states of the optimiser are averaged or reset, not kept
   */
  public MinibatchTraining(
      JavaSparkContext context,
      JavaRDD<LaneData> lanes,
      LanePlan plan,
      AveragingSettings averaging) {
    if (averaging.optimizerState() == AveragingSettings.OptimizerState.KEEP) {
      throw new IllegalArgumentException("Cannot keep optimiser states without a run directory");
    }
    this.context = context;
    this.lanes = lanes;
    this.plan = plan;
    this.averaging = averaging;
  }

  /** What an epoch starts from, and ends with. Arrays are shared, not copied. */
  public record State(float[] parameters, float[] optimizerState, float[] outerState) {}

  /** Is told of each round. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A round is done.
     *
     * @param steps that the longest lane has behind it in this epoch
     * @param predictions of all lanes in this round
     * @param loss mean over their windows' sequences, nats
     * @param parameters that the next round starts from
     */
    void roundDone(int steps, long predictions, double loss, float[] parameters);
  }

  /** Floats of an outer state. */
  public static int outerStateSize(AveragingSettings averaging, int parameters) {
    return OuterStep.of(averaging).stateSize(parameters);
  }

  /**
   * Trains an epoch.
   *
   * @param epochSteps steps of the longest lane
   * @param updates that the optimiser state has seen; also the number of the first step, which
   *     dropout depends on
   * @throws DivergedException if the loss or gradient of a step is not finite
   */
  public State epoch(State start, int epochSteps, long updates, Listener listener) {
    int interval = averaging.interval().orElseThrow();
    boolean keepsState = averaging.optimizerState() == AveragingSettings.OptimizerState.AVERAGE;
    Checkpoint state = beginning(start);
    RoundJob job = new RoundJob(context, lanes, plan, averaging.optimizerState(), null);
    try (RoundTrainer trainer = new RoundTrainer(job, OuterStep.of(averaging))) {
      for (int first = 0; first < epochSteps; first += interval) {
        int count = Math.min(interval, epochSteps - first);
        long seen = keepsState ? updates + first : 0;
        Round round =
            new Round(first / interval, new Stretch(0, first, count, updates, seen), false);
        context.setJobDescription(
            String.format(Locale.ROOT, "steps %d to %d", first + 1, first + count));
        RoundTrainer.Trained trained = trainer.train(round, state);
        RoundSummary summary = trained.summary();
        summary.diverged().ifPresent(MinibatchTraining::stop);
        state = trained.state();
        listener.roundDone(
            first + count,
            summary.tally().predictions(),
            summary.tally().lossOfSequence(),
            state.parameters());
      }
    }
    return new State(state.parameters(), state.optimizerState(), state.outerState());
  }

  private Checkpoint beginning(State start) {
    int streams = plan.architecture().stateSize() * plan.batch();
    List<float[]> laneStates = new ArrayList<>();
    for (int lane = 0; lane < lanes.getNumPartitions(); lane++) {
      laneStates.add(new float[streams]);
    }
    return new Checkpoint(
        Progress.none(),
        start.parameters(),
        start.optimizerState(),
        start.outerState(),
        laneStates,
        List.of());
  }

  private static void stop(LaneReport report) {
    throw new DivergedException(
        String.format(
            Locale.ROOT,
            "Training diverged: loss or gradient of lane %d are not finite in step %d. Lower the learning rate",
            report.lane(),
            report.divergedAt()));
  }
}
