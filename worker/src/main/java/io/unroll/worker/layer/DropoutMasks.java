package io.unroll.worker.layer;

import io.unroll.worker.parallel.Range;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;

/**
 * Which numbers dropout keeps in one training step: a pure function of (seed, lane, step,
 * connection, element), so that a repeated step drops the same ones. Inverted dropout: what is kept
 * is divided by the probability of being kept, and nothing is to be done at evaluation.
 *
 * @param seed of the run
 * @param lane of the step; negative: nothing is dropped
 * @param step of the lane, over all epochs
 */
public record DropoutMasks(long seed, int lane, long step) {
  /** Nothing is dropped: evaluation and sampling. */
  public static final DropoutMasks NONE = new DropoutMasks(0, -1, 0);

  /**
   * Random bits per element: two elements share a word, and probabilities are multiples of 2^-16.
   */
  private static final int BITS = 16;

  private static final int ONE = 1 << BITS;

  /** Each connection has 2^32 numbers of the stream to itself. */
  private static final int CONNECTION_SHIFT = 32;

  boolean active() {
    return lane >= 0;
  }

  /**
   * Draws some elements of a mask: element x is 0 with the given probability, rounded to a multiple
   * of 2^-16, and otherwise 1 over the probability of being kept. Element x takes the low half of
   * word x/2 of the connection's numbers if x is even, the high half if it is odd.
   *
   * @param connection 0 after the first layer, l after layer l
   * @param elements of (T, B, D) that are drawn; begins with an even one
   * @param mask receives the factor of element x at offset + x
   */
  void draw(int connection, double probability, Range elements, float[] mask, int offset) {
    RandomStream stream = new RandomStream(seed, Purpose.DROPOUT, lane, step);
    stream.skipTo(((long) connection << CONNECTION_SHIFT) + elements.from() / 2);
    int threshold = Math.min((int) Math.rint(probability * ONE), ONE - 1);
    float kept = (float) ONE / (ONE - threshold);
    int end = offset + elements.to();
    for (int x = offset + elements.from(); x < end; x += 2) {
      int word = stream.nextInt();
      mask[x] = keeps(word & (ONE - 1), threshold) * kept;
      if (x + 1 < end) {
        mask[x + 1] = keeps(word >>> BITS, threshold) * kept;
      }
    }
  }

  /**
   * The factor of one element of a mask that may be large.
   *
   * @param element its number, from 0
   */
  float factor(int connection, double probability, int element) {
    int even = element & ~1;
    float[] both = new float[2];
    draw(connection, probability, new Range(even, even + 2), both, -even);
    return both[element - even];
  }

  /** 1 if number >= threshold, else 0, without a branch, which could not be predicted. */
  private static int keeps(int number, int threshold) {
    return ~(number - threshold) >>> (Integer.SIZE - 1);
  }
}
