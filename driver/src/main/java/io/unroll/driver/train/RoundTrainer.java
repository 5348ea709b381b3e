package io.unroll.driver.train;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.data.LaneData;
import io.unroll.driver.run.Checkpoint;
import io.unroll.worker.train.LanePlan;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains rounds: a Spark job for the lanes, then the outer step with their mean. */
final class RoundTrainer implements AutoCloseable {
  private final RoundJob job;
  private final OuterOptimizer outer;

  /**
   * @param run URI of the run directory; null if lanes keep no optimiser states
   */
  RoundTrainer(
      JavaSparkContext context,
      JavaRDD<LaneData> lanes,
      LanePlan plan,
      AveragingSettings averaging,
      String run) {
    this.job = new RoundJob(context, lanes, plan, averaging.optimizerState(), run);
    this.outer = OuterOptimizer.of(averaging);
  }

  /**
   * A trained round.
   *
   * @param state what the next round starts from, with the progress of before
   * @param drift root of the lanes' mean squared distance from their mean
   * @param outerNorm L2 norm of the outer step
   */
  record Trained(Checkpoint state, RoundSummary summary, double drift, double outerNorm) {}

  /**
   * Trains a round from a state, which stays as it is.
   *
   * @return also of a round in which a lane diverged, which its summary tells
   */
  Trained train(Round round, Checkpoint state) {
    RoundResult result = job.run(round, state);
    RoundSummary summary = RoundSummary.of(result.reports(), result.times());
    float[] velocity = state.outerState().clone();
    if (!round.warmUp()) {
      outer.step(state.parameters(), result.parameters(), velocity);
    }
    Checkpoint after =
        new Checkpoint(
            state.progress(),
            result.parameters(),
            result.optimizerState(),
            velocity,
            result.laneStates(),
            result.laneFiles());
    double outerNorm = OuterOptimizer.distance(state.parameters(), after.parameters());
    return new Trained(after, summary, result.drift(), outerNorm);
  }

  @Override
  public void close() {
    job.close();
  }
}
