package io.unroll.worker.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextWindowsTest {
  private static final int BATCH = 4;

  /** Example n reads n, n, ... and writes 1, n, n, ..., 2. */
  private static Example[] examples(int count) {
    Random random = new Random(5);
    Example[] examples = new Example[count];
    for (int n = 0; n < count; n++) {
      int[] source = new int[1 + random.nextInt(6)];
      int[] text = new int[2 + random.nextInt(5)];
      Arrays.fill(source, n);
      Arrays.fill(text, n);
      text[0] = 1;
      text[text.length - 1] = 2;
      examples[n] = Example.ofTokens(source, text);
    }
    return examples;
  }

  @Test
  void everyExampleIsOnceInAnEpochWithItsText() {
    Example[] examples = examples(30);
    TextWindows windows = new TextWindows(examples, BATCH, 7, 0, false);
    Window window = new Window(8, BATCH);
    List<Integer> seen = new ArrayList<>();
    for (int step = 0; step < windows.steps(1); step++) {
      windows.load(1, step, window);
      for (int b = 0; b < window.batch(); b++) {
        int number = window.inputs()[b];
        seen.add(number);
        check(examples[number], window, b);
        assertTrue(b == 0 || window.lengths()[b] <= window.lengths()[b - 1]);
      }
    }
    assertEquals(8, windows.steps(1));
    assertArrayEquals(
        IntStream.range(0, 30).toArray(), seen.stream().mapToInt(x -> x).sorted().toArray());
  }

  private static void check(Example example, Window window, int b) {
    assertEquals(example.steps(), window.lengths()[b]);
    for (int t = 0; t < window.targetTime(); t++) {
      int cell = t * window.batch() + b;
      boolean within = t < example.targets().length - 1;
      assertEquals(within ? 1f : 0f, window.weights()[cell]);
      assertEquals(within ? example.targets()[t] : 0, window.targetInputs()[cell]);
      assertEquals(within ? example.targets()[t + 1] : 0, window.targets()[cell]);
    }
  }

  @Test
  void textsOfLikeLengthAreSideBySide() {
    Example[] examples = new Example[64];
    for (int n = 0; n < examples.length; n++) {
      examples[n] = Example.ofTokens(new int[3], new int[2 + n % 16]);
    }
    TextWindows windows = new TextWindows(examples, BATCH, 7, 0, false);
    Window window = new Window(20, BATCH);
    int padded = 0;
    for (int step = 0; step < windows.steps(0); step++) {
      windows.load(0, step, window);
      padded += window.targetRows() - window.predictions();
    }
    assertEquals(0, padded);
  }

  @Test
  void anEpochFollowsFromSeedLaneAndNumber() {
    assertEquals(order(7, 0, 2), order(7, 0, 2));
    assertTrue(!order(7, 0, 2).equals(order(7, 0, 3)));
    assertTrue(!order(7, 0, 2).equals(order(8, 0, 2)));
    assertTrue(!order(7, 0, 2).equals(order(7, 1, 2)));
  }

  private static List<Integer> order(long seed, int lane, int epoch) {
    TextWindows windows = new TextWindows(examples(30), BATCH, seed, lane, false);
    Window window = new Window(8, BATCH);
    List<Integer> order = new ArrayList<>();
    for (int step = 0; step < windows.steps(epoch); step++) {
      windows.load(epoch, step, window);
      order.add(window.inputs()[0]);
    }
    return order;
  }
}
