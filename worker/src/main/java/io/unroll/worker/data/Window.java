package io.unroll.worker.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * One window of T time steps for B sequences, time-major: element (t, b) at t·B + b. Buffers are
 * allocated once for the largest T and B; {@link #time} and {@link #batch} say how much of them is
 * in use, with stride {@link #batch}.
 */
public final class Window {
  private final int maxTime;
  private final int maxBatch;
  private final int[] inputs;
  private final int[] targets;
  private final float[] weights;
  private int time;
  private int batch;
  private boolean fresh;

  public Window(int maxTime, int maxBatch) {
    this.maxTime = maxTime;
    this.maxBatch = maxBatch;
    this.inputs = new int[Math.multiplyExact(maxTime, maxBatch)];
    this.targets = new int[inputs.length];
    this.weights = new float[inputs.length];
  }

  /**
   * Begins a new content: sizes are set, weights are 1, inputs and targets are to be filled in.
   *
   * @param fresh whether the recurrent state is zero before this window, not carried into it
   * @throws IllegalArgumentException if time or batch exceed the capacity
   */
  public void begin(int time, int batch, boolean fresh) {
    if (time < 1 || time > maxTime || batch < 1 || batch > maxBatch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot hold %d steps of %d sequences: at most %d and %d fit",
              time,
              batch,
              maxTime,
              maxBatch));
    }
    this.time = time;
    this.batch = batch;
    this.fresh = fresh;
    Arrays.fill(weights, 0, time * batch, 1f);
  }

  /** T, time steps in use. */
  public int time() {
    return time;
  }

  /** B, sequences in use. */
  public int batch() {
    return batch;
  }

  /** Whether the recurrent state is zero before this window. */
  public boolean fresh() {
    return fresh;
  }

  /** Tokens read, (T, B). */
  public int[] inputs() {
    return inputs;
  }

  /** Tokens to predict, (T, B). */
  public int[] targets() {
    return targets;
  }

  /** Weight of each prediction in the loss, (T, B): 1, or 0 where masked. */
  public float[] weights() {
    return weights;
  }

  /** Predictions that count: the sum of the weights. */
  public int tokens() {
    int tokens = 0;
    for (int x = 0; x < time * batch; x++) {
      if (weights[x] != 0f) {
        tokens++;
      }
    }
    return tokens;
  }
}
