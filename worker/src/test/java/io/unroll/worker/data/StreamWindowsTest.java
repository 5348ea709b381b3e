package io.unroll.worker.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamWindowsTest {
  /** Token x of the text is x itself, so a prediction says where it stands. */
  private static int[] text(int tokens) {
    return IntStream.range(0, tokens).toArray();
  }

  @ParameterizedTest
  @CsvSource({"2,1,1", "101,4,8", "101,4,25", "100,4,8", "98,7,5", "1000,1,64", "65,64,8"})
  void makesEachPredictionOnceExceptThoseSkipped(int tokens, int batch, int windowLength) {
    StreamWindows windows = new StreamWindows(text(tokens), batch, windowLength);
    Window window = new Window(windowLength, batch);
    int[] seen = new int[tokens - 1];
    for (int step = 0; step < windows.steps(0); step++) {
      windows.load(0, step, window);
      for (int x = 0; x < window.time() * batch; x++) {
        int input = window.inputs()[x];
        assertEquals(input + 1, window.targets()[x]);
        assertEquals(1f, window.weights()[x]);
        seen[input]++;
      }
    }
    int used = tokens - 1 - windows.skipped();
    assertTrue(windows.skipped() < batch);
    for (int x = 0; x < seen.length; x++) {
      assertEquals(x < used ? 1 : 0, seen[x], "times that prediction " + x + " was made");
    }
  }

  @Test
  void keepsEachStreamContiguousFromWindowToWindow() {
    StreamWindows windows = new StreamWindows(text(101), 4, 8);
    Window window = new Window(8, 4);
    int[] next = {0, 25, 50, 75};
    for (int step = 0; step < windows.steps(0); step++) {
      windows.load(0, step, window);
      for (int t = 0; t < window.time(); t++) {
        for (int b = 0; b < 4; b++) {
          assertEquals(next[b]++, window.inputs()[t * 4 + b]);
        }
      }
    }
    assertArrayEquals(new int[] {25, 50, 75, 100}, next);
  }

  @Test
  void isFreshAtTheStartOfAnEpochOnlyAndEndsWithAShorterWindow() {
    StreamWindows windows = new StreamWindows(text(101), 4, 8);
    Window window = new Window(8, 4);
    assertEquals(4, windows.steps(0));
    int[] times = new int[4];
    for (int step = 0; step < 4; step++) {
      windows.load(2, step, window);
      assertEquals(step == 0, window.fresh());
      times[step] = window.time();
    }
    assertArrayEquals(new int[] {8, 8, 8, 1}, times);
  }

  @Test
  void loadsTheSameFromAnyFirstStep() {
    Window all = new Window(8, 4);
    Window resumed = new Window(8, 4);
    StreamWindows windows = new StreamWindows(text(101), 4, 8);
    windows.load(0, 0, all);
    windows.load(0, 1, all);
    windows.load(0, 2, all);
    new StreamWindows(text(101), 4, 8).load(0, 2, resumed);
    assertArrayEquals(all.inputs(), resumed.inputs());
    assertEquals(all.fresh(), resumed.fresh());
  }

  @Test
  void overwritesTheMasksOfAReusedWindow() {
    Window window = new Window(8, 4);
    window.begin(8, 4, true);
    Arrays.fill(window.weights(), 0f);
    new StreamWindows(text(101), 4, 8).load(0, 0, window);
    assertEquals(32, window.predictions());
  }

  @Test
  void rejectsATextTooShortForTheBatch() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new StreamWindows(text(64), 64, 8));
    assertEquals(
        "Cannot cut 64 tokens into 64 streams: each needs at least one prediction;"
            + " lower training.batch to at most 63, or use more text or fewer lanes",
        error.getMessage());
  }

  @Test
  void rejectsATextWithoutAPrediction() {
    for (int tokens = 0; tokens < 2; tokens++) {
      int[] text = text(tokens);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> new StreamWindows(text, 2, 8));
      assertEquals(
          String.format(
                  Locale.ROOT,
                  "Cannot cut %d tokens into 2 streams: each needs at least one prediction;",
                  tokens)
              + " use more text or fewer lanes",
          error.getMessage());
    }
  }

  @Test
  void rejectsZeroBatchSize() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new StreamWindows(text(9), 0, 8));
    assertEquals(
        "Cannot cut a text into 0 streams and windows of 8 steps (expected at least 1)",
        error.getMessage());
  }
}
