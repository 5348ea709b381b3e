package io.unroll.worker.layer;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.io.Serializable;

/**
 * Words that a training step reads as the unknown one, chosen anew in every step, so that it learns
 * to do without them: any word with one probability, and those that training has only once with
 * another, which gives the unknown word a vector that means something (Kiperwasser and Goldberg
 * 2016 do so by frequency). Word x of (T, B) takes number x of the connection's stream: its low
 * half for the first choice, its high half for the second.
 *
 * @param word probability of dropping any word, in [0, 1)
 * @param rare probability of dropping a word that training has once, in [0, 1)
 * @param rareFrom the first token that training has once; all after it are such
 * @param unknown token that is read instead; negative: there is none, and nothing is dropped
 */
public record WordDropout(double word, double rare, int rareFrom, int unknown)
    implements Serializable {
  /** Nothing is dropped. */
  public static final WordDropout NONE = new WordDropout(0, 0, 0, -1);

  private static final int BITS = 16;
  private static final int ONE = 1 << BITS;

  /** Far from the connections of layers, which count from 0. */
  private static final long CONNECTION = 1L << 20;

  private static final int CONNECTION_SHIFT = 32;

  /** Whether any word can be dropped. */
  public boolean drops() {
    return unknown >= 0 && (word > 0 || rare > 0);
  }

  /**
   * Replaces some words.
   *
   * @param count how many there are
   * @param result receives them
   */
  void apply(DropoutMasks masks, int count, int[] tokens, int[] result) {
    RandomStream stream =
        new RandomStream(masks.seed(), Purpose.DROPOUT, masks.lane(), masks.step());
    stream.skipTo(CONNECTION << CONNECTION_SHIFT);
    long anyBelow = Math.round(word * ONE);
    long rareBelow = Math.round(rare * ONE);
    for (int x = 0; x < count; x++) {
      int bits = stream.nextInt();
      boolean dropped =
          (bits & (ONE - 1)) < anyBelow || (tokens[x] >= rareFrom && bits >>> BITS < rareBelow);
      result[x] = dropped ? unknown : tokens[x];
    }
  }
}
