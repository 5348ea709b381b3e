package io.unroll.worker.layer;

import io.unroll.worker.data.Window;

/**
 * The steps and sequences of a window. Signals are time-major: row (t, b) is number t·B + b. A
 * sequence may be shorter than the window: what lies behind its end is padding, which no sum ever
 * reads, so that a sequence gives the bits that it gives alone.
 *
 * @param time T, steps
 * @param batch B, sequences side by side
 * @param lengths steps of each sequence, 1 to T; none: each has all of them. Not copied
 */
public record Axis(int time, int batch, int[] lengths) {
  private static final int[] WHOLE = new int[0];

  /** Every sequence has all steps. */
  public Axis(int time, int batch) {
    this(time, batch, WHOLE);
  }

  /** Of a window. */
  public static Axis of(Window window) {
    return new Axis(window.time(), window.batch(), window.lengths());
  }

  /** T·B. */
  public int rows() {
    return time * batch;
  }

  /** Whether sequences may be shorter than T. */
  public boolean isPadded() {
    return lengths.length > 0;
  }

  /** Steps of sequence b. */
  public int length(int b) {
    return isPadded() ? lengths[b] : time;
  }

  /**
   * How many of the first sequences a step has to do: those behind them have all ended. Sequences
   * in descending order of their lengths leave none that has ended in between.
   */
  public int active(int step) {
    int count = batch;
    while (count > 0 && length(count - 1) <= step) {
      count--;
    }
    return count;
  }
}
