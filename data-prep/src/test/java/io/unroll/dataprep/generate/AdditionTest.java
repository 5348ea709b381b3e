package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.Split;
import org.junit.jupiter.api.Test;

class AdditionTest {
  private static final long COUNT = 4_000;
  private static final Addition PLAIN = new Addition(4, false, false, 1);
  private static final Addition MIXED = new Addition(4, false, true, 1);

  /** The share of sums whose first number has less than three digits. */
  private static double shortShare(Addition sums, Split split) {
    int found = 0;
    for (long number = 0; number < COUNT; number++) {
      found += sums.text(split, number, COUNT).given().indexOf('+') < 3 ? 1 : 0;
    }
    return (double) found / COUNT;
  }

  @Test
  void numbersAreAsLikely() {
    assertEquals(0.01, shortShare(PLAIN, Split.TRAIN), 0.005);
  }

  /** Of k = 1, 2, 3, 4, below 10^k: (1 + 1 + 1/10 + 1/100) / 4, in one sum of two. */
  @Test
  void halfOfTheTrainingSumsMayHaveEveryLength() {
    assertEquals((0.5275 + 0.01) / 2, shortShare(MIXED, Split.TRAIN), 0.02);
  }

  @Test
  void otherSplitsStayTheSame() {
    for (Split split : new Split[] {Split.VALID, Split.TEST}) {
      for (long number = 0; number < 100; number++) {
        assertEquals(PLAIN.text(split, number, COUNT), MIXED.text(split, number, COUNT));
      }
    }
  }

  @Test
  void mixedSumsAreRightAndInOneSplit() {
    for (long number = 0; number < COUNT; number++) {
      GeneratedText text = MIXED.text(Split.TRAIN, number, COUNT);
      String question = text.given().substring(0, text.given().length() - 1);
      String[] numbers = question.split("\\+", -1);
      long sum = Long.parseLong(numbers[0]) + Long.parseLong(numbers[1]);
      assertEquals(Long.toString(sum), text.answer());
      assertTrue(HashSplit.of(question) == Split.TRAIN, question);
    }
  }
}
