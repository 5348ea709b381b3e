package io.unroll.worker.data;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Sequences in batches of like length. Each epoch has a new order, a function of (seed, lane,
 * epoch): sequences are shuffled, sorted by descending length (equal lengths stay shuffled), cut
 * into batches of B of which the last may be smaller, and the batches are shuffled. Every sequence
 * is in exactly one batch per epoch. The sorted lengths, and so the batches' sizes, are the same in
 * every epoch. Not thread-safe.
 */
final class LengthBatches {
  private final int[] lengths;
  private final int batch;
  private final long seed;
  private final int lane;
  private final int[] order;
  private final int[] batches;

  /**
   * Arranges epoch 0.
   *
   * @param lengths of the sequences; may be none
   * @param batch B
   */
  LengthBatches(int[] lengths, int batch, long seed, int lane) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Cannot make batches of %d sequences (expected at least 1)", batch));
    }
    this.lengths = lengths;
    this.batch = batch;
    this.seed = seed;
    this.lane = lane;
    this.order = new int[lengths.length];
    this.batches = new int[(lengths.length + batch - 1) / batch];
    arrange(0);
  }

  /** Number of batches. */
  int count() {
    return batches.length;
  }

  /** Sequences of the batch at a place of the epoch. */
  int size(int place) {
    return Math.min(batch, lengths.length - first(place));
  }

  /** The number of sequence b of that batch; its first is its longest. */
  int sequence(int place, int b) {
    return order[first(place) + b];
  }

  private int first(int place) {
    return batches[place] * batch;
  }

  /** Goes over to another epoch. */
  void arrange(int epoch) {
    RandomStream random = new RandomStream(seed, Purpose.SHUFFLE, lane, epoch);
    ascend(order);
    shuffle(order, random);
    sortByDescendingLength();
    ascend(batches);
    shuffle(batches, random);
  }

  private static void ascend(int[] values) {
    for (int x = 0; x < values.length; x++) {
      values[x] = x;
    }
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] values, RandomStream random) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int swapped = values[last];
      values[last] = values[other];
      values[other] = swapped;
    }
  }

  /** Stable: the key is the length, then the place in the shuffled order. */
  private void sortByDescendingLength() {
    long[] keys = new long[order.length];
    for (int x = 0; x < keys.length; x++) {
      keys[x] = (long) -lengths[order[x]] << 32 | x;
    }
    Arrays.sort(keys);
    int[] shuffled = order.clone();
    for (int x = 0; x < keys.length; x++) {
      order[x] = shuffled[(int) keys[x]];
    }
  }
}
