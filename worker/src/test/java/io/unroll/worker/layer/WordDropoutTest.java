package io.unroll.worker.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which words a training step reads as unknown. */
class WordDropoutTest {
  private static final int COUNT = 100_000;
  private static final int RARE_FROM = 10;

  private static int[] tokens() {
    int[] tokens = new int[COUNT];
    Arrays.setAll(tokens, x -> 1 + x % 20);
    return tokens;
  }

  private static double share(WordDropout words, boolean rare) {
    int[] tokens = tokens();
    int[] result = new int[COUNT];
    words.apply(new DropoutMasks(3, 1, 7), COUNT, tokens, result);
    int dropped = 0;
    int all = 0;
    for (int x = 0; x < COUNT; x++) {
      if (tokens[x] >= RARE_FROM == rare) {
        all++;
        dropped += result[x] == 0 ? 1 : 0;
        assertEquals(result[x] == 0 ? 0 : tokens[x], result[x]);
      }
    }
    return (double) dropped / all;
  }

  @Test
  void anyWordIsDroppedWithOneProbabilityAndRareOnesWithAnother() {
    WordDropout words = new WordDropout(0.2, 0.25, RARE_FROM, 0);
    assertEquals(0.2, share(words, false), 0.01);
    assertEquals(1 - 0.8 * 0.75, share(words, true), 0.01);
    assertEquals(0, share(new WordDropout(0, 0.25, RARE_FROM, 0), false));
  }

  @Test
  void aRepeatedStepDropsTheSameWordsAndAnotherStepOthers() {
    WordDropout words = new WordDropout(0.5, 0, RARE_FROM, 0);
    int[] first = new int[100];
    int[] again = new int[100];
    int[] other = new int[100];
    words.apply(new DropoutMasks(3, 1, 7), 100, tokens(), first);
    words.apply(new DropoutMasks(3, 1, 7), 100, tokens(), again);
    words.apply(new DropoutMasks(3, 1, 8), 100, tokens(), other);
    assertArrayEquals(first, again);
    assertFalse(Arrays.equals(first, other));
  }

  @Test
  void nothingIsReplacedOutsideOfTrainingNorWithoutAnUnknownWord() {
    Axis axis = new Axis(5, 20);
    Pass pass = new Pass(axis, tokens(), new float[0], DropoutMasks.NONE);
    assertSame(pass, new TokenDropout(new WordDropout(0.5, 0, 0, 0), axis).apply(pass));
    Pass training = new Pass(axis, tokens(), new float[0], new DropoutMasks(3, 1, 7));
    assertSame(training, new TokenDropout(new WordDropout(0.5, 0, 0, -1), axis).apply(training));
    assertSame(training, new TokenDropout(WordDropout.NONE, axis).apply(training));
  }
}
