package io.unroll.worker.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * Sequences of their own, such as captions, in batches of like length, in a new order every epoch
 * ({@link LengthBatches}).
 *
 * <p>The longest sequence of a batch sets its time steps; what the others lack is padded and
 * masked. A batch longer than T is read in several windows: state is fresh at the first and carried
 * into the others. Not thread-safe: the order of the last epoch asked for is kept.
 */
public final class SequenceWindows implements WindowSource {
  private final int[][] sequences;
  private final int[] given;
  private final int window;
  private final LengthBatches batches;

  /** Step at which the batch at each place begins, and after the last the number of steps. */
  private final int[] firstSteps;

  private int epoch;

  /**
   * Takes the sequences of a lane, of which everything is predicted, in any order.
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
    this(sequences, new int[sequences.length], batch, window, seed, lane, false);
  }

  /**
   * Takes the sequences of a lane.
   *
   * @param given tokens of each, behind its begin token, that are read but not predicted; not
   *     copied
   * @param ordered whether the order of the sequences is kept, but for neighbours
   * @throws IllegalArgumentException if a sequence has fewer than two tokens
   */
  public SequenceWindows(
      int[][] sequences, int[] given, int batch, int window, long seed, int lane, boolean ordered) {
    if (window < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Cannot make windows of %d steps (expected at least 1)", window));
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
    this.given = given;
    this.window = window;
    int[] lengths = Arrays.stream(sequences).mapToInt(tokens -> tokens.length).toArray();
    this.batches = new LengthBatches(lengths, batch, seed, lane, ordered);
    this.firstSteps = new int[batches.count() + 1];
    countSteps();
  }

  @Override
  public int steps(int epoch) {
    return firstSteps[batches.count()]; // the batches' sizes are the same in every epoch
  }

  @Override
  public void load(int epoch, int step, Window target) {
    if (epoch != this.epoch) {
      batches.arrange(epoch);
      countSteps();
      this.epoch = epoch;
    }
    int found = Arrays.binarySearch(firstSteps, step);
    int place = found >= 0 ? found : -found - 2;
    int rows = batches.size(place);
    int begin = (step - firstSteps[place]) * window;
    int time = Math.min(window, longest(place) - begin);
    target.begin(time, rows, begin == 0);
    for (int b = 0; b < rows; b++) {
      int number = batches.sequence(place, b);
      SequenceRows.fill(target, b, sequences[number], begin, given[number]);
    }
  }

  private void countSteps() {
    for (int place = 0; place < batches.count(); place++) {
      int windows = (longest(place) - 1) / window + 1;
      firstSteps[place + 1] = firstSteps[place] + windows;
    }
  }

  /** Predictions of the longest sequence of a batch. */
  private int longest(int place) {
    return sequences[batches.sequence(place, 0)].length - 1;
  }
}
