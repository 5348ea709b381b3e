package io.unroll.worker.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceWindowsTest {
  private static final long SEED = 5;

  /**
   * Sequences of 2 to 13 tokens; each token occurs once in all, so a prediction says where it is.
   */
  private static int[][] sequences(int count) {
    RandomStream random = new RandomStream(1, Purpose.SHUFFLE, 0, 0);
    int[][] sequences = new int[count][];
    int token = 0;
    for (int s = 0; s < count; s++) {
      sequences[s] = new int[2 + random.nextInt(12)];
      for (int t = 0; t < sequences[s].length; t++) {
        sequences[s][t] = token++;
      }
    }
    return sequences;
  }

  @ParameterizedTest
  @CsvSource({"40,8,20", "41,8,20", "41,8,5", "41,1,3", "3,8,4", "1,1,1", "100,7,13"})
  void makesEachPredictionOncePerEpoch(int count, int batch, int windowLength) {
    int[][] sequences = sequences(count);
    SequenceWindows windows = new SequenceWindows(sequences, batch, windowLength, SEED, 0);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertArrayEquals(expectedTargets(sequences), targets(windows, epoch, batch, windowLength));
    }
  }

  /** How often each token is predicted: all but the first of each sequence once. */
  private static int[] expectedTargets(int[][] sequences) {
    int last = sequences[sequences.length - 1][sequences[sequences.length - 1].length - 1];
    int[] times = new int[last + 1];
    Arrays.fill(times, 1);
    for (int[] sequence : sequences) {
      times[sequence[0]] = 0;
    }
    return times;
  }

  private static int[] targets(SequenceWindows windows, int epoch, int batch, int windowLength) {
    Window window = new Window(windowLength, batch);
    int[] times = new int[10_000];
    int highest = 0;
    for (int step = 0; step < windows.steps(epoch); step++) {
      windows.load(epoch, step, window);
      assertTrue(window.predictions() > 0);
      for (int x = 0; x < window.time() * window.batch(); x++) {
        if (window.weights()[x] != 0f) {
          assertEquals(window.inputs()[x] + 1, window.targets()[x]);
          times[window.targets()[x]]++;
          highest = Math.max(highest, window.targets()[x]);
        }
      }
    }
    return Arrays.copyOf(times, highest + 1);
  }

  /** Of 300 sequences in batches of one, 64 neighbours are shuffled among themselves. */
  @Test
  void theOrderIsKeptButForNeighbours() {
    int[][] sequences = new int[300][];
    for (int x = 0; x < sequences.length; x++) {
      sequences[x] = new int[] {x, x};
    }
    SequenceWindows windows = new SequenceWindows(sequences, new int[300], 1, 5, SEED, 0, true);
    Window window = new Window(5, 1);
    boolean moved = false;
    for (int step = 0; step < 300; step++) {
      windows.load(1, step, window);
      int read = window.inputs()[0];
      assertEquals(step / 64, read / 64);
      moved |= read != step;
    }
    assertTrue(moved);
  }

  @Test
  void whatIsGivenIsReadButDoesNotCount() {
    int[][] sequences = {{1, 2, 3, 4, 5}, {6, 7}};
    SequenceWindows windows =
        new SequenceWindows(sequences, new int[] {3, 0}, 2, 3, SEED, 0, false);
    Window window = new Window(3, 2);
    windows.load(0, 0, window);
    assertEquals(1, window.predictions()); // that of 7
    assertEquals(3, window.inputs()[4]);
    windows.load(0, 1, window);
    assertEquals(1, window.predictions());
    assertEquals(5, window.targets()[0]);
  }

  @Test
  void carriesALongBatchThroughSeveralWindows() {
    int[][] sequences = {{0, 1, 2, 3, 4, 5, 6, 7}, {10, 11, 12, 13}};
    SequenceWindows windows = new SequenceWindows(sequences, 2, 3, SEED, 0);
    Window window = new Window(3, 2);
    assertEquals(3, windows.steps(0));
    windows.load(0, 0, window);
    assertTrue(window.fresh());
    assertArrayEquals(new int[] {0, 10, 1, 11, 2, 12}, window.inputs());
    assertEquals(6, window.predictions());
    windows.load(0, 1, window);
    assertFalse(window.fresh());
    assertArrayEquals(new int[] {3, 0, 4, 0, 5, 0}, window.inputs());
    assertArrayEquals(new float[] {1f, 0f, 1f, 0f, 1f, 0f}, window.weights());
    windows.load(0, 2, window);
    assertFalse(window.fresh());
    assertEquals(1, window.time());
    assertEquals(7, window.targets()[0]);
    assertEquals(1, window.predictions());
  }

  @Test
  void batchesLikeLengthsTogether() {
    int[][] sequences = sequences(64);
    SequenceWindows windows = new SequenceWindows(sequences, 8, 20, SEED, 0);
    Window window = new Window(20, 8);
    int padded = 0;
    for (int step = 0; step < windows.steps(0); step++) {
      windows.load(0, step, window);
      padded += window.time() * window.batch() - window.predictions();
    }
    // Sorted into 8 batches over 12 lengths, a batch spans two or three lengths.
    assertTrue(padded <= 64 * 2, "padded " + padded);
  }

  @Test
  void ordersEveryEpochLaneAndSeedAnew() {
    int[][] sequences = sequences(64);
    int[] first = inputs(new SequenceWindows(sequences, 8, 20, SEED, 0), 0);
    assertFalse(Arrays.equals(first, inputs(new SequenceWindows(sequences, 8, 20, SEED, 0), 1)));
    assertFalse(Arrays.equals(first, inputs(new SequenceWindows(sequences, 8, 20, SEED, 1), 0)));
    assertFalse(Arrays.equals(first, inputs(new SequenceWindows(sequences, 8, 20, 6, 0), 0)));
  }

  @Test
  void isAFunctionOfEpochAndStepOnly() {
    int[][] sequences = sequences(64);
    SequenceWindows one = new SequenceWindows(sequences, 8, 5, SEED, 3);
    SequenceWindows other = new SequenceWindows(sequences, 8, 5, SEED, 3);
    int[] third = inputs(one, 2);
    inputs(other, 1);
    inputs(other, 0);
    assertArrayEquals(third, inputs(other, 2));
    Window all = new Window(5, 8);
    Window resumed = new Window(5, 8);
    one.load(2, 4, all);
    new SequenceWindows(sequences, 8, 5, SEED, 3).load(2, 4, resumed);
    assertArrayEquals(all.inputs(), resumed.inputs());
    assertEquals(all.fresh(), resumed.fresh());
  }

  private static int[] inputs(SequenceWindows windows, int epoch) {
    Window window = new Window(20, 8);
    int[] all = new int[0];
    for (int step = 0; step < windows.steps(epoch); step++) {
      windows.load(epoch, step, window);
      int used = window.time() * window.batch();
      int end = all.length;
      all = Arrays.copyOf(all, end + used);
      System.arraycopy(window.inputs(), 0, all, end, used);
    }
    return all;
  }

  @Test
  void hasNoStepsWithoutSequences() {
    assertEquals(0, new SequenceWindows(new int[0][], 8, 5, SEED, 0).steps(0));
  }

  @Test
  void rejectsASequenceWithoutAPrediction() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SequenceWindows(new int[][] {{1, 2}, {3}}, 2, 5, SEED, 0));
    assertEquals(
        "Cannot train on sequence 1: it has 1 tokens (expected at least 2)", error.getMessage());
  }

  @Test
  void rejectsZeroBatchSize() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new SequenceWindows(sequences(3), 0, 5, SEED, 0));
    assertEquals("Cannot make batches of 0 sequences (expected at least 1)", error.getMessage());
  }
}
