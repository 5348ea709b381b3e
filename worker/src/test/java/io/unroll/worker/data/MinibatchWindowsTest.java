package io.unroll.worker.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MinibatchWindowsTest {
  private static final int MASKED = 3;

  /** Token x at place x, counted but for one in {@value #MASKED}. */
  private static Minibatch minibatch(int time, int batch, int first) {
    int[] inputs = new int[time * batch];
    int[] targets = new int[inputs.length];
    boolean[] counts = new boolean[inputs.length];
    for (int x = 0; x < inputs.length; x++) {
      inputs[x] = first + x;
      targets[x] = first + x + 1;
      counts[x] = x % MASKED != 0;
    }
    return new Minibatch(time, batch, inputs, targets, counts);
  }

  private static String describe(Window window) {
    List<String> cells = new ArrayList<>();
    for (int x = 0; x < window.time() * window.batch(); x++) {
      String counted = window.weights()[x] == 0f ? "" : ">" + window.targets()[x];
      cells.add(window.inputs()[x] + counted);
    }
    return String.format(
        Locale.ROOT,
        "%dx%d %s %s",
        window.time(),
        window.batch(),
        window.fresh() ? "fresh" : "carried",
        cells);
  }

  @Test
  void longMinibatchesAreReadInSeveralWindowsInOrder() {
    MinibatchWindows windows =
        new MinibatchWindows(
            List.of(minibatch(5, 2, 0), minibatch(2, 3, 100), minibatch(1, 1, 200)), 2);
    Window window = new Window(2, 3);
    List<String> seen = new ArrayList<>();
    for (int step = 0; step < windows.steps(0); step++) {
      windows.load(0, step, window);
      seen.add(describe(window));
    }
    assertEquals(
        List.of(
            "2x2 fresh [0, 1>2, 2>3, 3]",
            "2x2 carried [4>5, 5>6, 6, 7>8]",
            "1x2 carried [8>9, 9]",
            "2x3 fresh [100, 101>102, 102>103, 103, 104>105, 105>106]",
            "1x1 fresh [200]"),
        seen);
    windows.load(3, 3, window);
    assertEquals(seen.get(3), describe(window), "another epoch, begun in its middle");
  }

  @Test
  void noMinibatchesGiveNoSteps() {
    assertEquals(0, new MinibatchWindows(List.of(), 4).steps(0));
  }

  @Test
  void sideBySideTheShorterArePadded() {
    Minibatch joined = Minibatch.sideBySide(List.of(minibatch(1, 1, 10), minibatch(2, 2, 20)));
    Window window = new Window(2, 3);
    new MinibatchWindows(List.of(joined), 2).load(0, 0, window);
    assertEquals("2x3 fresh [10, 20, 21>22, 0, 22>23, 23]", describe(window));
  }

  @Test
  void arraysMustFit() {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Minibatch(2, 2, new int[4], new int[3], new boolean[4]));
    assertEquals(
        "Invalid minibatch: 4 inputs, 3 targets and 4 marks for 2 steps of 2 sequences",
        wrong.getMessage());
    assertEquals(4, minibatch(3, 2, 0).predictions());
  }
}
