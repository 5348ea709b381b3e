package io.unroll.worker.train;

import io.unroll.worker.model.Architecture;
import java.io.Serializable;
import java.util.Locale;

/**
 * What a lane needs besides its data; the same for all lanes of a run.
 *
 * @param objective what steps make smaller
 * @param batch B, most sequences side by side in one step
 * @param window T, most time steps of one window
 * @param stateReset probability that a stream begins a window from a state of zeros, in [0, 1)
 * @param seed of dropout, resets and shuffling
 * @param totalSteps steps of one lane in the whole run, which the learning rate is planned for
 */
public record LanePlan(
    Architecture architecture,
    Objective objective,
    Optimizer optimizer,
    LearningRate learningRate,
    Clipping clipping,
    int batch,
    int window,
    double stateReset,
    long seed,
    long totalSteps)
    implements Serializable {
  public LanePlan {
    if (!(stateReset >= 0 && stateReset < 1)) {
      throw new IllegalArgumentException(
          "Invalid training.state-reset: " + stateReset + " (expected 0 <= state-reset < 1)");
    }
    atLeastOne("training.batch", batch);
    atLeastOne("training.window", window);
    atLeastOne("number of steps", totalSteps);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (expected at least 1)", name, value));
    }
  }
}
