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
  private final float[] outerState;
  private final List<float[]> laneStates;
  private final List<LaneFile> laneFiles;

  /**
   * @param parameters flat, in the architecture's layout
   * @param optimizerState slot-major: a multiple of the parameters' length, also 0
   * @param outerState likewise, of the outer step
   * @param laneStates recurrent state of each lane, in lane order
   * @param laneFiles optimiser state of each lane, in lane order; empty if lanes keep none
   */
  public Checkpoint(
      Progress progress,
      float[] parameters,
      float[] optimizerState,
      float[] outerState,
      List<float[]> laneStates,
      List<LaneFile> laneFiles) {
    this.progress = Objects.requireNonNull(progress);
    this.parameters = Objects.requireNonNull(parameters);
    this.optimizerState = Objects.requireNonNull(optimizerState);
    this.outerState = Objects.requireNonNull(outerState);
    this.laneStates = List.copyOf(laneStates);
    this.laneFiles = List.copyOf(laneFiles);
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

  public float[] outerState() {
    return outerState;
  }

  public List<float[]> laneStates() {
    return laneStates;
  }

  public List<LaneFile> laneFiles() {
    return laneFiles;
  }

  /** The same with another progress. */
  public Checkpoint with(Progress other) {
    return new Checkpoint(other, parameters, optimizerState, outerState, laneStates, laneFiles);
  }
}
