package io.unroll.worker.parallel;

import io.unroll.worker.math.Kernels;

/**
 * The share of one thread in a piece of work, and the kernels it works with. Whatever is divided,
 * the shares are disjoint, ascending, and all of it together; some may be empty.
 *
 * @param index of the thread, from 0
 * @param count of all threads
 * @param kernels of this thread alone
 */
public record Share(int index, int count, Kernels kernels) {
  /** Rows of the largest register tile. */
  private static final int TILE = 8;

  private static final int HALF_TILE = 4;

  /** Floats of a cache line: threads that write different lines do not wait for each other. */
  private static final int LINE = 16;

  /** The rows of a left operand that this thread takes: whole tiles, as far as there are enough. */
  public Range rows(int rows) {
    if (rows >= TILE * count) {
      return cut(rows, TILE);
    }
    return cut(rows, rows >= HALF_TILE * count ? HALF_TILE : 1);
  }

  /** The elements of an array, or the columns of a matrix, that this thread takes. */
  public Range elements(int elements) {
    return cut(elements, LINE);
  }

  /** The pieces of some number of equal ones that this thread takes. */
  public Range pieces(int pieces) {
    return cut(pieces, 1);
  }

  private Range cut(int size, int grain) {
    long grains = ((long) size + grain - 1) / grain;
    return new Range(
        bound(grains * index / count, size, grain),
        bound(grains * (index + 1) / count, size, grain));
  }

  private static int bound(long grains, int size, int grain) {
    return (int) Math.min(size, grains * grain);
  }
}
