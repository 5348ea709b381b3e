package io.unroll.worker.random;

/**
 * Counter-based random numbers: a pure function of (seed, purpose, lane, step, index), so nothing
 * about randomness is ever saved or resumed.
 *
 * <p>Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
 * (SC 2011). The seed is the key; the counter is made of the other four.
 */
public final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /**
   * Four random 32-bit words for one counter.
   *
   * @param key0 low word of the key
   * @param key1 high word of the key
   * @param words the four counter words in, four random words out, from offset on
   */
  public static void block(int key0, int key1, int[] words, int offset) {
    int c0 = words[offset];
    int c1 = words[offset + 1];
    int c2 = words[offset + 2];
    int c3 = words[offset + 3];
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
      long p1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
      int next0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int next2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c0 = next0;
      c1 = (int) p1;
      c2 = next2;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[offset] = c0;
    words[offset + 1] = c1;
    words[offset + 2] = c2;
    words[offset + 3] = c3;
  }
}
