package io.unroll.worker.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Window;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyntheticTokensTest {
  private static final int COUNT = 100_000;

  private static double share(int[] tokens, int token) {
    return Arrays.stream(tokens).filter(drawn -> drawn == token).count() / (double) tokens.length;
  }

  @Test
  void areAFunctionOfSeedAndLane() {
    int[] drawn = SyntheticTokens.draw(10_000, 100, 1, 0);
    assertArrayEquals(drawn, SyntheticTokens.draw(10_000, 100, 1, 0));
    assertFalse(Arrays.equals(drawn, SyntheticTokens.draw(10_000, 100, 2, 0)));
    assertFalse(Arrays.equals(drawn, SyntheticTokens.draw(10_000, 100, 1, 1)));
  }

  /** Tolerance: five standard deviations of a share near 1/65 among 100,000 draws. */
  @Test
  void areUniformForCharacters() {
    int[] drawn = SyntheticTokens.draw(65, COUNT, 1, 0);
    for (int token = 0; token < 65; token++) {
      assertEquals(1 / 65.0, share(drawn, token), 0.002);
    }
  }

  /** Tolerance: five standard deviations of the largest share, 0.034, among 100,000 draws. */
  @Test
  void followZipfForWords() {
    int vocabulary = 10_000;
    int[] drawn = SyntheticTokens.draw(vocabulary, COUNT, 1, 0);
    double sum = 0;
    for (int rank = 1; rank <= vocabulary; rank++) {
      sum += 1 / (rank + 2.7);
    }
    for (int rank : new int[] {1, 2, 10, 100, 10_000}) {
      assertEquals(1 / (rank + 2.7) / sum, share(drawn, rank - 1), 0.003);
    }
    assertTrue(Arrays.stream(drawn).allMatch(token -> token >= 0 && token < vocabulary));
  }

  @Test
  void comeRoundAgainInWindowsThatCarryTheState() {
    SyntheticWindows windows = new SyntheticWindows(65, 3, 2, 1, 0);
    Window first = new Window(3, 2);
    Window later = new Window(3, 2);
    windows.load(0, 0, first);
    assertTrue(first.fresh());
    windows.load(0, 1, later);
    assertFalse(later.fresh());
    assertFalse(Arrays.equals(first.inputs(), later.inputs()));
    windows.load(0, 16, later);
    assertFalse(later.fresh());
    assertArrayEquals(first.inputs(), later.inputs());
    assertArrayEquals(first.targets(), later.targets());
    assertEquals(6, later.predictions());
  }
}
