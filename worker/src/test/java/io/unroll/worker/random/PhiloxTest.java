package io.unroll.worker.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/**
 * Known answers of Philox4x32-10: the three rows that begin with {@code philox4x32 10} in the file
 * {@code tests/kat_vectors} of Random123 (D. E. Shaw Research), as counter, key, result.
 */
class PhiloxTest {
  @Test
  void matchesTheKnownAnswerOfZeros() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        block(new int[] {0, 0, 0, 0}, 0, 0));
  }

  @Test
  void matchesTheKnownAnswerOfOnes() {
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        block(new int[] {-1, -1, -1, -1}, -1, -1));
  }

  @Test
  void matchesTheKnownAnswerOfPi() {
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0));
  }

  @Test
  void leavesOtherWordsOfTheArrayAlone() {
    int[] words = {7, 0, 0, 0, 0, 9};
    Philox.block(0, 0, words, 1);
    assertArrayEquals(new int[] {7, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8, 9}, words);
  }

  private static int[] block(int[] counter, int key0, int key1) {
    Philox.block(key0, key1, counter, 0);
    return counter;
  }
}
