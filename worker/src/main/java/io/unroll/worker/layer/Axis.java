package io.unroll.worker.layer;

/**
 * The steps and sequences of a window. Signals are time-major: row (t, b) is number t·B + b.
 *
 * @param time T, steps
 * @param batch B, sequences side by side
 */
public record Axis(int time, int batch) {
  /** T·B. */
  public int rows() {
    return time * batch;
  }
}
