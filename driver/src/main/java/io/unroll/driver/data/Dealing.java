package io.unroll.driver.data;

import java.io.Serializable;

/**
 * Which group each row of a split goes to.
 *
 * @param rows of the split
 * @param groups how many there are
 * @param inTurns whether neighbours go to different groups, so that each group goes through the
 *     whole split in its order; else groups are contiguous
 */
record Dealing(long rows, int groups, boolean inTurns) implements Serializable {
  /** Contiguous groups. */
  static Dealing contiguous(long rows, int groups) {
    return new Dealing(rows, groups, false);
  }

  int group(long row) {
    return (int) (inTurns ? row % groups : row * groups / rows);
  }
}
