package io.unroll.worker.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Examples in batches of like length, each whole in one window. */
class ExampleWindowsTest {
  private static final int BATCH = 4;
  private static final int COUNT = 11;

  /** Example x has 1 + x % 5 steps and the label x. */
  private static Example[] examples(boolean tags) {
    Example[] examples = new Example[COUNT];
    for (int x = 0; x < COUNT; x++) {
      int[] tokens = new int[1 + x % 5];
      Arrays.fill(tokens, 100 + x);
      int[] targets = new int[tags ? tokens.length : 1];
      Arrays.fill(targets, x);
      examples[x] = Example.ofTokens(tokens, targets);
    }
    return examples;
  }

  @Test
  void everyEpochHasEachExampleOnceWithItsLengthAndLabel() {
    ExampleWindows windows =
        new ExampleWindows(examples(false), true, BATCH, 3, 0, false, new float[0]);
    Window window = new Window(5, BATCH);
    List<List<Integer>> orders = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> labels = new ArrayList<>();
      assertEquals(3, windows.steps(epoch));
      for (int step = 0; step < 3; step++) {
        windows.load(epoch, step, window);
        assertTrue(window.fresh());
        assertEquals(window.batch(), window.predictions());
        assertEquals(1, window.targetTime());
        for (int b = 0; b < window.batch(); b++) {
          int label = window.targets()[b];
          assertEquals(1 + label % 5, window.lengths()[b]);
          assertEquals(100 + label, window.inputs()[b]);
          assertTrue(b == 0 || window.lengths()[b] <= window.lengths()[b - 1]);
          labels.add(label);
        }
      }
      assertEquals(COUNT, new TreeSet<>(labels).size());
      orders.add(labels);
    }
    assertFalse(orders.get(0).equals(orders.get(1)));
  }

  @Test
  void labelsCountAsTheirWeightsSay() {
    float[] weights = new float[COUNT];
    for (int label = 0; label < COUNT; label++) {
      weights[label] = 1 + label;
    }
    ExampleWindows windows = new ExampleWindows(examples(true), false, BATCH, 3, 0, false, weights);
    Window window = new Window(5, BATCH);
    for (int step = 0; step < 3; step++) {
      windows.load(0, step, window);
      for (int x = 0; x < window.targetRows(); x++) {
        boolean padding = window.inputs()[x] == 0;
        assertEquals(padding ? 0 : 1 + window.targets()[x], window.weights()[x]);
      }
    }
  }

  @Test
  void anyStepMayBeTheFirstAndTagsArePadded() {
    ExampleWindows windows =
        new ExampleWindows(examples(true), false, BATCH, 3, 0, false, new float[0]);
    ExampleWindows resumed =
        new ExampleWindows(examples(true), false, BATCH, 3, 0, false, new float[0]);
    Window window = new Window(5, BATCH);
    Window again = new Window(5, BATCH);
    for (int step = 0; step < 3; step++) {
      windows.load(4, step, window);
    }
    resumed.load(4, 2, again);
    int rows = window.targetRows();
    assertEquals(rows, again.targetRows());
    assertArrayEquals(Arrays.copyOf(window.targets(), rows), Arrays.copyOf(again.targets(), rows));
    int steps = 0;
    for (int b = 0; b < window.batch(); b++) {
      steps += window.lengths()[b];
    }
    assertEquals(steps, window.predictions());
  }

  @Test
  void anExampleIsEitherTokensOrVectors() {
    float[] values = new float[6];
    assertEquals(3, Example.ofVectors(3, values, new int[1]).steps());
    assertThrows(IllegalArgumentException.class, () -> Example.ofVectors(4, values, new int[1]));
    assertThrows(IllegalArgumentException.class, () -> Example.ofTokens(new int[0], new int[1]));
  }

  @Test
  void vectorsLieStepByStep() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Window window = new Window(3, 2, 2);
    window.beginExamples(3, 2, true);
    window.put(1, Example.ofVectors(3, values, new int[] {1}));
    window.put(0, Example.ofVectors(1, new float[] {7, 8}, new int[] {0}));
    float[] expected = {7, 8, 1, 2, 0, 0, 3, 4, 0, 0, 5, 6};
    assertArrayEquals(expected, window.vectors());
  }
}
