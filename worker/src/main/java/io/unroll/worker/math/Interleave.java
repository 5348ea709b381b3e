package io.unroll.worker.math;

/**
 * Copies rows, each contiguous in the source, side by side: element k of row r goes to {@code
 * target[to + k*stride + r]}. This is a transposition: done for four rows at a time, it reads and
 * writes memory in one direction.
 */
final class Interleave {
  private Interleave() {}

  /**
   * @param rowStride from one row of the source to the next
   * @param rows any number
   * @param length elements of a row
   * @param stride from element k to k+1 in the target, at least rows
   */
  static void copy(
      float[] source,
      int from,
      int rowStride,
      int rows,
      int length,
      float[] target,
      int to,
      int stride) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      copyFour(source, from + r * rowStride, rowStride, length, target, to + r, stride);
    }
    for (; r < rows; r++) {
      int row = from + r * rowStride;
      for (int k = 0; k < length; k++) {
        target[to + r + k * stride] = source[row + k];
      }
    }
  }

  private static void copyFour(
      float[] source, int from, int rowStride, int length, float[] target, int to, int stride) {
    int row1 = from + rowStride;
    int row2 = row1 + rowStride;
    int row3 = row2 + rowStride;
    for (int k = 0; k < length; k++) {
      int at = to + k * stride;
      target[at] = source[from + k];
      target[at + 1] = source[row1 + k];
      target[at + 2] = source[row2 + k];
      target[at + 3] = source[row3 + k];
    }
  }
}
