package io.unroll.worker.data;

import java.util.Arrays;

/**
 * Examples whose targets are texts, in batches of sources of one length or of neighbouring ones, in
 * each as far as possible with texts of like length; in a new order every epoch ({@link
 * LengthBatches}). Every batch is one window. Not thread-safe: the order of the last epoch asked
 * for is kept.
 */
public final class TextWindows implements WindowSource {
  private final Example[] examples;
  private final LengthBatches batches;
  private int epoch;

  /**
   * Takes the examples of a lane.
   *
   * @param examples may be none; not copied
   * @param batch B, most examples side by side
   * @param seed of the shuffling
   * @param lane number of the lane
   * @param ordered whether the order of the examples is kept, but for neighbours
   */
  public TextWindows(Example[] examples, int batch, long seed, int lane, boolean ordered) {
    this.examples = examples;
    int beyond = 1 + Arrays.stream(examples).mapToInt(TextWindows::predictions).max().orElse(0);
    int[] lengths =
        Arrays.stream(examples)
            .mapToInt(
                example ->
                    Math.addExact(
                        Math.multiplyExact(example.steps(), beyond), predictions(example)))
            .toArray();
    this.batches = new LengthBatches(lengths, batch, seed, lane, ordered);
  }

  /** Tokens of the text behind its begin token. */
  private static int predictions(Example example) {
    return example.targets().length - 1;
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
    int longest = 0;
    for (int b = 0; b < size; b++) {
      longest = Math.max(longest, predictions(examples[batches.sequence(step, b)]));
    }
    target.beginTexts(examples[batches.sequence(step, 0)].steps(), longest, size);
    for (int b = 0; b < size; b++) {
      target.putText(b, examples[batches.sequence(step, b)]);
    }
  }
}
