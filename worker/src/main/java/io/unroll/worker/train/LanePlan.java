package io.unroll.worker.train;

import io.unroll.worker.model.Architecture;
import java.io.Serializable;

/**
 * What a lane needs besides its data; the same for all lanes of a run.
 *
 * @param batch B, most sequences side by side in one step
 * @param window T, most time steps of one window
 * @param seed of dropout and shuffling
 * @param totalSteps steps of one lane in the whole run, which the learning rate is planned for
 */
public record LanePlan(
    Architecture architecture,
    Optimizer optimizer,
    LearningRate learningRate,
    Clipping clipping,
    int batch,
    int window,
    long seed,
    long totalSteps)
    implements Serializable {
  public LanePlan {
    atLeastOne("training.batch", batch);
    atLeastOne("training.window", window);
    atLeastOne("number of steps", totalSteps);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (expected at least 1)".formatted(name, value));
    }
  }
}
