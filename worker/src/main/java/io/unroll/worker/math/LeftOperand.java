package io.unroll.worker.math;

import java.util.Arrays;

/**
 * Some rows and columns of the left operand A of a product, as the tiles read them: copied tile by
 * tile, [k][row], so that the inner loop reads memory in one direction, or where they are.
 */
final class LeftOperand {
  /** Columns that are copied at a time, where A is transposed. */
  private static final int COLUMNS = 32;

  private static final int EIGHT = 8;

  /** A copy has the rows of a tile side by side. */
  private static final int COPIED = 0;

  private final TileShape shape;
  private final float[] copy;
  private float[] values;
  private int first;

  /** From column to column of A, or {@link #COPIED}. */
  private int stride;

  /** Has room for a copy of so many rows, a multiple of 8, and columns. */
  LeftOperand(TileShape shape, int rows, int depth) {
    this.shape = shape;
    this.copy = new float[rows * depth];
    this.values = copy;
  }

  float[] values() {
    return values;
  }

  /** Where the tile of row i begins. */
  int first(int i, int depth) {
    return stride == COPIED ? i * depth : first + i;
  }

  /** From column to column of a tile of that height. */
  int stride(int height) {
    return stride == COPIED ? height : stride;
  }

  /** Lets the tiles read A itself. */
  void takeDirectly(float[] a, int aFirst, int aColumnStride) {
    values = a;
    first = aFirst;
    stride = aColumnStride;
  }

  private void takeCopy() {
    values = copy;
    first = 0;
    stride = COPIED;
  }

  /** Copies A where its rows are contiguous. */
  void copyRows(int rows, int depth, float[] a, int aFirst, int aRowStride) {
    takeCopy();
    int height;
    for (int i = 0; i < rows; i += height) {
      height = shape.rows(rows - i);
      int filled = Math.min(height, rows - i);
      clearUnused(filled, height, i, depth);
      Interleave.copy(
          a, aFirst + i * aRowStride, aRowStride, filled, depth, copy, i * depth, height);
    }
  }

  /**
   * Copies A where its columns are contiguous, some columns at a time: they are read along and stay
   * in the first-level cache until all tiles have their part.
   */
  void copyColumns(int rows, int depth, float[] a, int aFirst, int aColumnStride) {
    takeCopy();
    for (int first = 0; first < depth; first += COLUMNS) {
      int columns = Math.min(COLUMNS, depth - first);
      int from = aFirst + first * aColumnStride;
      int height;
      for (int i = 0; i < rows; i += height) {
        height = shape.rows(rows - i);
        int to = i * depth + first * height;
        if (height == EIGHT) {
          copyEights(columns, a, from + i, aColumnStride, copy, to);
        } else {
          copyFew(Math.min(height, rows - i), height, columns, a, from + i, aColumnStride, to);
        }
      }
    }
  }

  /** Written out: the compiler would not unroll so short a loop. */
  private static void copyEights(
      int columns, float[] a, int from, int aColumnStride, float[] target, int to) {
    for (int k = 0; k < columns; k++) {
      int x = from + k * aColumnStride;
      int y = to + k * EIGHT;
      target[y] = a[x];
      target[y + 1] = a[x + 1];
      target[y + 2] = a[x + 2];
      target[y + 3] = a[x + 3];
      target[y + 4] = a[x + 4];
      target[y + 5] = a[x + 5];
      target[y + 6] = a[x + 6];
      target[y + 7] = a[x + 7];
    }
  }

  private void copyFew(
      int filled, int height, int columns, float[] a, int from, int aColumnStride, int to) {
    for (int k = 0; k < columns; k++) {
      for (int r = 0; r < height; r++) {
        copy[to + k * height + r] = r < filled ? a[from + k * aColumnStride + r] : 0f;
      }
    }
  }

  private void clearUnused(int filled, int height, int i, int depth) {
    if (filled < height) {
      Arrays.fill(copy, i * depth, (i + height) * depth, 0f);
    }
  }
}
