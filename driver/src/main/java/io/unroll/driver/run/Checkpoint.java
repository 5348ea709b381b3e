package io.unroll.driver.run;

import java.util.List;
import java.util.Objects;

/**
 * All that a run needs to go on as if it had never stopped. The arrays are shared with the caller,
 * not copied.
 */
public final class Checkpoint {
  private final Progress progress;
  private final float[] parameters;
  private final float[] optimizerState;
  private final List<float[]> laneStates;

  /**
   * @param parameters flat, in the architecture's layout
   * @param optimizerState slot-major: a multiple of the parameters' length, also 0
   * @param laneStates recurrent state of each lane, in lane order
   */
  public Checkpoint(
      Progress progress, float[] parameters, float[] optimizerState, List<float[]> laneStates) {
    this.progress = Objects.requireNonNull(progress);
    this.parameters = Objects.requireNonNull(parameters);
    this.optimizerState = Objects.requireNonNull(optimizerState);
    this.laneStates = List.copyOf(laneStates);
  }

  public Progress progress() {
    return progress;
  }

  public float[] parameters() {
    return parameters;
  }

  public float[] optimizerState() {
    return optimizerState;
  }

  public List<float[]> laneStates() {
    return laneStates;
  }
}
