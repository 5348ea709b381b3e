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
 * every epoch. Where the order of the data matters, that is done to {@value #NEIGHBOURS} batches of
 * neighbours at a time. Not thread-safe.
 */
final class LengthBatches {
  /** Batches that are shuffled among themselves where the order of the data is kept. */
  private static final int NEIGHBOURS = 64;

  private final int[] lengths;
  private final int batch;
  private final long seed;
  private final int lane;

  /** Sequences that are shuffled among themselves. */
  private final int pool;

  private final int[] order;
  private final int[] batches;

  /**
   * Arranges epoch 0.
   *
   * @param lengths of the sequences; may be none
   * @param batch B
   * @param ordered whether the order of the sequences is kept, roughly
   */
  LengthBatches(int[] lengths, int batch, long seed, int lane, boolean ordered) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Cannot make batches of %d sequences (expected at least 1)", batch));
    }
    this.lengths = lengths;
    this.batch = batch;
    this.seed = seed;
    this.lane = lane;
    this.pool = ordered ? Math.multiplyExact(batch, NEIGHBOURS) : Math.max(1, lengths.length);
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
    for (int from = 0; from < order.length; from += pool) {
      int to = Math.min(from + pool, order.length);
      shuffle(order, from, to, random);
      sortByDescendingLength(from, to);
    }
    ascend(batches);
    int together = (pool + batch - 1) / batch;
    for (int from = 0; from < batches.length; from += together) {
      shuffle(batches, from, Math.min(from + together, batches.length), random);
    }
  }

  private static void ascend(int[] values) {
    for (int x = 0; x < values.length; x++) {
      values[x] = x;
    }
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] values, int from, int to, RandomStream random) {
    for (int last = to - 1; last > from; last--) {
      int other = from + random.nextInt(last - from + 1);
      int swapped = values[last];
      values[last] = values[other];
      values[other] = swapped;
    }
  }

  /** Stable: the key is the length, then the place in the shuffled order. */
  private void sortByDescendingLength(int from, int to) {
    long[] keys = new long[to - from];
    for (int x = 0; x < keys.length; x++) {
      keys[x] = (long) -lengths[order[from + x]] << 32 | x;
    }
    Arrays.sort(keys);
    int[] shuffled = Arrays.copyOfRange(order, from, to);
    for (int x = 0; x < keys.length; x++) {
      order[from + x] = shuffled[(int) keys[x]];
    }
  }
}
