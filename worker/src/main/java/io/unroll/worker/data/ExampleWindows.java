package io.unroll.worker.data;

import java.util.Arrays;

/**
 * Examples in batches of like length, in a new order every epoch ({@link LengthBatches}). Every
 * batch is one window. Not thread-safe: the order of the last epoch asked for is kept.
 */
public final class ExampleWindows implements WindowSource {
  private final Example[] examples;
  private final boolean pooled;
  private final LengthBatches batches;
  private final float[] weights;
  private int epoch;

  /**
   * Takes the examples of a lane.
   *
   * @param examples may be none; not copied
   * @param pooled whether an example has one target, not one for each step
   * @param batch B, most examples side by side
   * @param seed of the shuffling
   * @param lane number of the lane
   * @param ordered whether the order of the examples is kept, but for neighbours
   * @param weights what each label counts in the loss; empty for 1 each
   */
  public ExampleWindows(
      Example[] examples,
      boolean pooled,
      int batch,
      long seed,
      int lane,
      boolean ordered,
      float[] weights) {
    this.examples = examples;
    this.pooled = pooled;
    int[] lengths = Arrays.stream(examples).mapToInt(Example::steps).toArray();
    this.weights = weights;
    this.batches = new LengthBatches(lengths, batch, seed, lane, ordered);
  }

  @Override
  public int steps(int epoch) {
    return batches.count();
  }

  @Override
  public void load(int epoch, int step, Window target) {
    if (epoch != this.epoch) {
      batches.arrange(epoch);
      this.epoch = epoch;
    }
    int size = batches.size(step);
    int longest = examples[batches.sequence(step, 0)].steps();
    target.beginExamples(longest, size, pooled);
    for (int b = 0; b < size; b++) {
      target.put(b, examples[batches.sequence(step, b)]);
    }
    if (weights.length > 0) {
      target.weigh(weights);
    }
  }
}
