package io.unroll.worker.random;

import java.util.Locale;

/**
 * The random numbers of one (seed, purpose, lane, step): number x of the stream is word x mod 4 of
 * Philox block x / 4. Streams are cheap to create and need not be saved; any element may be asked
 * for by continuing from {@link #skipTo}. Not thread-safe.
 */
public final class RandomStream {
  private static final double ULP_53 = 0x1p-53;

  private final int key0;
  private final int key1;
  private final int step;
  private final int laneAndPurpose;
  private final int[] words = new int[4];
  private long next;

  /**
   * Opens a stream.
   *
   * @param lane 0 … 2^24-1; the initialisation of parameters uses the index of the tensor
   * @param step 0 … 2^32-1
   */
  @SuppressWarnings("EnumOrdinal") // the order of purposes is part of the counter
  public RandomStream(long seed, Purpose purpose, int lane, long step) {
    if (lane < 0 || lane >= 1 << 24 || step < 0 || step >= 1L << 32) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid lane %d or step %d", lane, step));
    }
    this.key0 = (int) seed;
    this.key1 = (int) (seed >>> 32);
    this.step = (int) step;
    this.laneAndPurpose = lane | purpose.ordinal() << 24;
  }

  /** Continues with number index of the stream. */
  public void skipTo(long index) {
    next = index;
    if (index % 4 != 0) {
      fill(index / 4);
    }
  }

  /** The next 32 random bits. */
  public int nextInt() {
    int position = (int) (next % 4);
    if (position == 0) {
      fill(next / 4);
    }
    next++;
    return words[position];
  }

  private void fill(long block) {
    words[0] = (int) block;
    words[1] = (int) (block >>> 32);
    words[2] = step;
    words[3] = laneAndPurpose;
    Philox.block(key0, key1, words, 0);
  }

  /** Uniform in [0, 1) with 53 random bits, from two words. */
  public double nextDouble() {
    long high = nextInt() & 0xFFFFFFFFL;
    long low = nextInt() & 0xFFFFFFFFL;
    return ((high << 32 | low) >>> 11) * ULP_53;
  }

  /**
   * Standard normal by the Box-Muller transform; uses two uniform doubles. StrictMath: the same
   * number on every machine.
   */
  public double nextGaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** Uniform in 0 … bound-1; bias below bound/2^53. */
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }
}
