package io.unroll.worker.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final long SEED = 42;

  private static RandomStream stream() {
    return new RandomStream(SEED, Purpose.DROPOUT, 3, 17);
  }

  @Test
  @SuppressWarnings("EnumOrdinal") // the ordinal is part of the counter
  void isMadeOfPhiloxBlocksInOrder() {
    RandomStream stream = new RandomStream(0x1122334455667788L, Purpose.SHUFFLE, 5, 9);
    for (int block = 0; block < 3; block++) {
      int[] words = {block, 0, 9, 5 | Purpose.SHUFFLE.ordinal() << 24};
      Philox.block(0x55667788, 0x11223344, words, 0);
      for (int word : words) {
        assertEquals(word, stream.nextInt());
      }
    }
  }

  @Test
  void repeatsItself() {
    RandomStream one = stream();
    RandomStream other = stream();
    for (int x = 0; x < 100; x++) {
      assertEquals(one.nextInt(), other.nextInt());
    }
  }

  @Test
  void skipsToAnyNumber() {
    int[] numbers = new int[40];
    RandomStream all = stream();
    for (int x = 0; x < numbers.length; x++) {
      numbers[x] = all.nextInt();
    }
    RandomStream skipping = stream();
    for (int from : new int[] {39, 0, 7, 8, 1, 22, 4}) {
      skipping.skipTo(from);
      for (int x = from; x < Math.min(from + 6, numbers.length); x++) {
        assertEquals(numbers[x], skipping.nextInt(), "number " + x + " after skipping to " + from);
      }
    }
  }

  @Test
  void differsBySeedPurposeLaneAndStep() {
    int first = stream().nextInt();
    assertNotEquals(first, new RandomStream(SEED + 1, Purpose.DROPOUT, 3, 17).nextInt());
    assertNotEquals(first, new RandomStream(SEED + (1L << 32), Purpose.DROPOUT, 3, 17).nextInt());
    assertNotEquals(first, new RandomStream(SEED, Purpose.SAMPLING, 3, 17).nextInt());
    assertNotEquals(first, new RandomStream(SEED, Purpose.DROPOUT, 4, 17).nextInt());
    assertNotEquals(first, new RandomStream(SEED, Purpose.DROPOUT, 3, 18).nextInt());
  }

  @Test
  void refusesLanesAndStepsThatDoNotFitTheCounter() {
    for (long[] pair : new long[][] {{-1, 0}, {1 << 24, 0}, {0, -1}, {0, 1L << 32}}) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> new RandomStream(SEED, Purpose.DROPOUT, (int) pair[0], pair[1]));
      assertEquals(
          String.format(Locale.ROOT, "Invalid lane %d or step %d", pair[0], pair[1]),
          error.getMessage());
    }
  }

  /** Tolerances: five standard errors of the estimates from 100,000 numbers. */
  @Test
  void hasTheMomentsOfItsDistributions() {
    int count = 100_000;
    RandomStream stream = stream();
    double doubles = 0;
    double gaussians = 0;
    double squares = 0;
    for (int x = 0; x < count; x++) {
      doubles += stream.nextDouble();
      double gaussian = stream.nextGaussian();
      gaussians += gaussian;
      squares += gaussian * gaussian;
    }
    double uniformError = 5 * Math.sqrt(1.0 / 12 / count);
    assertEquals(0.5, doubles / count, uniformError);
    assertEquals(0, gaussians / count, 5 * Math.sqrt(1.0 / count));
    assertEquals(1, squares / count, 5 * Math.sqrt(2.0 / count));
  }

  @Test
  void drawsBoundedIntegersEvenly() {
    int count = 70_000;
    int[] counts = new int[7];
    RandomStream stream = stream();
    for (int x = 0; x < count; x++) {
      counts[stream.nextInt(counts.length)]++;
    }
    double error = 5 * Math.sqrt(count * (1.0 / 7) * (6.0 / 7)); // five standard deviations
    for (int c : counts) {
      assertEquals(count / 7.0, c, error);
    }
  }

  @Test
  void staysBelowOne() {
    RandomStream stream = stream();
    for (int x = 0; x < 100_000; x++) {
      double small = stream.nextDouble();
      assertTrue(small >= 0 && small < 1);
    }
  }
}
