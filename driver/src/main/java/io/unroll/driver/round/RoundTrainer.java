package io.unroll.driver.round;

import io.unroll.driver.run.Checkpoint;
import java.util.Optional;

/** Trains rounds: a Spark job for the lanes, then the outer step with their mean. */
public final class RoundTrainer implements AutoCloseable {
  private final RoundJob job;
  private final OuterStep outer;

  /** Trains with a job, which it closes. */
  public RoundTrainer(RoundJob job, OuterStep outer) {
    this.job = job;
    this.outer = outer;
  }

  /**
   * A trained round.
   *
   * @param state what the next round starts from, with the progress of before
   * @param drift root of the lanes' mean squared distance from their mean
   * @param outerNorm L2 norm of the outer step
   */
  public record Trained(Checkpoint state, RoundSummary summary, double drift, double outerNorm) {}

  /**
   * Trains a round from a state, which stays as it is.
   *
   * @return also of a round in which a lane diverged, which its summary tells
   */
  public Trained train(Round round, Checkpoint state) {
    RoundResult result = job.run(round, state);
    RoundSummary summary = RoundSummary.of(result.reports(), result.times());
    float[] outerState = state.outerState().clone();
    outer.take(round, state.parameters(), result.parameters(), outerState);
    Checkpoint after =
        new Checkpoint(
            state.progress(),
            result.parameters(),
            result.optimizerState(),
            outerState,
            result.laneStates(),
            result.laneFiles());
    double outerNorm = OuterOptimizer.distance(state.parameters(), after.parameters());
    return new Trained(after, summary, result.drift(), outerNorm);
  }

  /** The mean of the parameters over the last part of the training; empty if none is kept. */
  public Optional<float[]> average(Checkpoint state) {
    return state.progress().rounds() == 0
        ? Optional.empty()
        : outer.average(state.outerState(), state.parameters().length);
  }

  @Override
  public void close() {
    job.close();
  }
}
