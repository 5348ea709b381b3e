package io.unroll.worker.data;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Sequences of their own, such as captions, in batches of like length. Each epoch has a new order,
 * a function of (seed, lane, epoch): sequences are shuffled, sorted by descending length (equal
 * lengths stay shuffled), cut into batches of B of which the last may be smaller, and the batches
 * are shuffled. Every sequence is in exactly one batch per epoch.
 *
 * <p>The longest sequence of a batch sets its time steps; what the others lack is padded and
 * masked. A batch longer than T is read in several windows: state is fresh at the first and carried
 * into the others. Not thread-safe: the order of the last epoch asked for is kept.
 */
public final class SequenceWindows implements WindowSource {
  private final int[][] sequences;
  private final int batch;
  private final int window;
  private final long seed;
  private final int lane;
  private final int steps;

  private int epoch = -1;
  private final int[] order;
  private final int[] batches;
  private final int[] firstSteps;

  /**
   * Takes the sequences of a lane.
   *
   * @param sequences each with its begin and end token, so that the first token is only read and
   *     the last only predicted; may be none; not copied
   * @param batch B, most sequences side by side
   * @param window T, most steps of a window
   * @param seed of the shuffling
   * @param lane number of the lane
   * @throws IllegalArgumentException if a sequence has fewer than two tokens
   */
  public SequenceWindows(int[][] sequences, int batch, int window, long seed, int lane) {
    if (batch < 1 || window < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot make batches of %d sequences and %d steps (expected at least 1)",
              batch,
              window));
    }
    for (int x = 0; x < sequences.length; x++) {
      if (sequences[x].length < 2) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot train on sequence %d: it has %d tokens (expected at least 2)",
                x,
                sequences[x].length));
      }
    }
    this.sequences = sequences;
    this.batch = batch;
    this.window = window;
    this.seed = seed;
    this.lane = lane;
    int batchCount = (sequences.length + batch - 1) / batch;
    this.order = new int[sequences.length];
    this.batches = new int[batchCount];
    this.firstSteps = new int[batchCount];
    arrange(0);
    this.steps = countSteps();
  }

  @Override
  public int steps(int epoch) {
    return steps; // the sorted lengths, and so the batches' sizes, are the same in every epoch
  }

  @Override
  public void load(int epoch, int step, Window target) {
    if (epoch != this.epoch) {
      arrange(epoch);
    }
    int found = Arrays.binarySearch(firstSteps, step);
    int position = found >= 0 ? found : -found - 2;
    int from = batches[position] * batch;
    int rows = Math.min(batch, sequences.length - from);
    int begin = (step - firstSteps[position]) * window;
    int time = Math.min(window, longest(batches[position]) - begin);
    target.begin(time, rows, begin == 0);
    for (int b = 0; b < rows; b++) {
      SequenceRows.fill(target, b, sequences[order[from + b]], begin, 0);
    }
  }

  private void arrange(int epoch) {
    RandomStream random = new RandomStream(seed, Purpose.SHUFFLE, lane, epoch);
    ascend(order);
    shuffle(order, random);
    sortByDescendingLength();
    ascend(batches);
    shuffle(batches, random);
    int first = 0;
    for (int x = 0; x < batches.length; x++) {
      firstSteps[x] = first;
      first += windows(batches[x]);
    }
    this.epoch = epoch;
  }

  private int countSteps() {
    int last = batches.length - 1;
    return last < 0 ? 0 : firstSteps[last] + windows(batches[last]);
  }

  private int windows(int batchIndex) {
    return (longest(batchIndex) - 1) / window + 1;
  }

  /** Predictions of the longest sequence of a batch, which is its first. */
  private int longest(int batchIndex) {
    return sequences[order[batchIndex * batch]].length - 1;
  }

  private static void ascend(int[] values) {
    for (int x = 0; x < values.length; x++) {
      values[x] = x;
    }
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] values, RandomStream random) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int swapped = values[last];
      values[last] = values[other];
      values[other] = swapped;
    }
  }

  /** Stable: the key is the length, then the place in the shuffled order. */
  private void sortByDescendingLength() {
    long[] keys = new long[order.length];
    for (int x = 0; x < keys.length; x++) {
      keys[x] = (long) -sequences[order[x]].length << 32 | x;
    }
    Arrays.sort(keys);
    int[] shuffled = order.clone();
    for (int x = 0; x < keys.length; x++) {
      order[x] = shuffled[(int) keys[x]];
    }
  }
}
