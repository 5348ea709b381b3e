package io.unroll.worker.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * One window of T time steps for B sequences, time-major: element (t, b) at t·B + b. What is to be
 * predicted has an axis of its own: as many steps as are read, or one for each sequence. Buffers
 * are allocated once for the largest T and B; {@link #time} and {@link #batch} say how much of them
 * is in use, with stride {@link #batch}.
 */
public final class Window {
  private static final int[] WHOLE = new int[0];

  private final int maxTime;
  private final int maxBatch;
  private final int vectorSize;
  private final int[] inputs;
  private final int[][] words;
  private final float[] vectors;
  private final int[] targetInputs;
  private final int[] targets;
  private final float[] weights;
  private final int[] lengths;
  private int time;
  private int batch;
  private int targetTime;
  private boolean fresh;
  private boolean padded;

  /** A window of tokens. */
  public Window(int maxTime, int maxBatch) {
    this(maxTime, maxBatch, 0);
  }

  /**
   * A window of tokens or of vectors.
   *
   * @param vectorSize F, numbers of each vector; 0: there are none
   */
  public Window(int maxTime, int maxBatch, int vectorSize) {
    int rows = Math.multiplyExact(maxTime, maxBatch);
    this.maxTime = maxTime;
    this.maxBatch = maxBatch;
    this.vectorSize = vectorSize;
    this.inputs = new int[rows];
    this.words = new int[rows][];
    this.vectors = new float[Math.multiplyExact(rows, vectorSize)];
    this.targetInputs = new int[rows];
    this.targets = new int[rows];
    this.weights = new float[rows];
    this.lengths = new int[maxBatch];
  }

  /**
   * Begins a new content in which every sequence has all steps and a target at each: sizes are set,
   * weights are 1, inputs and targets are to be filled in.
   *
   * @param fresh whether the recurrent state is zero before this window, not carried into it
   * @throws IllegalArgumentException if time or batch exceed the capacity
   */
  public void begin(int time, int batch, boolean fresh) {
    resize(time, batch, time);
    this.fresh = fresh;
    this.padded = false;
    Arrays.fill(weights, 0, time * batch, 1f);
  }

  /**
   * Begins a new content of whole examples, which {@link #put} fills in.
   *
   * @param pooled whether an example has one target, not one for each step
   * @throws IllegalArgumentException if time or batch exceed the capacity
   */
  public void beginExamples(int time, int batch, boolean pooled) {
    resize(time, batch, pooled ? 1 : time);
    this.fresh = true;
    this.padded = true;
    Arrays.fill(inputs, 0, time * batch, 0);
    Arrays.fill(vectors, 0, time * batch * vectorSize, 0f);
    Arrays.fill(targets, 0, targetRows(), 0);
    Arrays.fill(weights, 0, targetRows(), 0f);
  }

  /**
   * Begins a new content of whole examples whose targets are texts, which {@link #putText} fills
   * in.
   *
   * @param targetTime predictions of the longest text
   * @throws IllegalArgumentException if a time or batch exceed the capacity
   */
  public void beginTexts(int time, int targetTime, int batch) {
    resize(targetTime, batch, targetTime);
    beginExamples(time, batch, false);
    this.targetTime = targetTime;
    Arrays.fill(targetInputs, 0, targetRows(), 0);
    Arrays.fill(targets, 0, targetRows(), 0);
    Arrays.fill(weights, 0, targetRows(), 0f);
  }

  private void resize(int newTime, int newBatch, int newTargetTime) {
    if (newTime < 1 || newTime > maxTime || newBatch < 1 || newBatch > maxBatch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot hold %d steps of %d sequences: at most %d and %d fit",
              newTime,
              newBatch,
              maxTime,
              maxBatch));
    }
    this.time = newTime;
    this.batch = newBatch;
    this.targetTime = newTargetTime;
  }

  /** Puts an example into row b of a window of examples. */
  public void put(int b, Example example) {
    putSource(b, example);
    for (int t = 0; t < Math.min(example.targets().length, targetTime); t++) {
      targets[t * batch + b] = example.targets()[t];
      weights[t * batch + b] = 1f;
    }
  }

  /** Puts an example whose target is a text, from its begin to its end token, into row b. */
  public void putText(int b, Example example) {
    putSource(b, example);
    int[] text = example.targets();
    for (int t = 0; t < text.length - 1; t++) {
      targetInputs[t * batch + b] = text[t];
      targets[t * batch + b] = text[t + 1];
      weights[t * batch + b] = 1f;
    }
  }

  private void putSource(int b, Example example) {
    int steps = example.steps();
    lengths[b] = steps;
    for (int t = 0; t < steps; t++) {
      int cell = t * batch + b;
      if (vectorSize > 0) {
        int from = t * vectorSize;
        System.arraycopy(example.values(), from, vectors, cell * vectorSize, vectorSize);
      } else {
        inputs[cell] = example.tokens()[t];
        words[cell] = example.words().length == 0 ? null : example.words()[t];
      }
    }
  }

  /**
   * Lets some targets count more than others.
   *
   * @param byTarget what the weight of each target is multiplied by; above 0
   */
  public void weigh(float[] byTarget) {
    for (int x = 0; x < targetRows(); x++) {
      weights[x] *= byTarget[targets[x]];
    }
  }

  /** T, time steps in use. */
  public int time() {
    return time;
  }

  /** B, sequences in use. */
  public int batch() {
    return batch;
  }

  /** Steps of each sequence, where they may be fewer than T; empty where each has all of them. */
  public int[] lengths() {
    return padded ? Arrays.copyOf(lengths, batch) : WHOLE;
  }

  /** Predictions of each text. */
  public int[] textLengths() {
    int[] texts = new int[batch];
    for (int x = 0; x < targetRows(); x++) {
      texts[x % batch] += weights[x] == 0f ? 0 : 1;
    }
    return texts;
  }

  /** Steps that have targets: T, or 1 where each sequence has one. */
  public int targetTime() {
    return targetTime;
  }

  /** Targets of all sequences, padding included. */
  public int targetRows() {
    return targetTime * batch;
  }

  /** Whether the recurrent state is zero before this window. */
  public boolean fresh() {
    return fresh;
  }

  /** Tokens read, (T, B). */
  public int[] inputs() {
    return inputs;
  }

  /** Characters of the tokens, (T, B), where they are read. */
  public int[][] words() {
    return words;
  }

  /** Vectors read, (T, B, F). */
  public float[] vectors() {
    return vectors;
  }

  /** Tokens before those to predict, where the targets are texts: (T', B). */
  public int[] targetInputs() {
    return targetInputs;
  }

  /** What to predict, (T, B), or (B) where each sequence has one target. */
  public int[] targets() {
    return targets;
  }

  /** Weight of each prediction in the loss, as the targets: usually 1, and 0 where masked. */
  public float[] weights() {
    return weights;
  }

  /** Predictions that count: those whose weight is not 0. */
  public int predictions() {
    int predictions = 0;
    for (int x = 0; x < targetRows(); x++) {
      if (weights[x] != 0f) {
        predictions++;
      }
    }
    return predictions;
  }
}
