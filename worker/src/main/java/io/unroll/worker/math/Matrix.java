package io.unroll.worker.math;

/**
 * A matrix somewhere in a heap array: element (i, j) is {@code values[offset + i*rowStride +
 * j*columnStride]}. It does not know how many rows and columns it has: kernels are told what they
 * are to compute. The numbers of a window lie in one matrix whose row t·B + b belongs to sequence b
 * in step t, so that step t is what begins at row t·B.
 *
 * @param values the array, not copied
 * @param offset of element (0, 0)
 * @param rowStride from row to row; 0 makes every row the same one
 * @param columnStride from column to column
 */
public record Matrix(float[] values, int offset, int rowStride, int columnStride) {
  /** Rows of so many columns, one after the other from the beginning of the array on. */
  public static Matrix of(float[] values, int columns) {
    return of(values, 0, columns);
  }

  /** Rows that begin at the offset, so far apart; the numbers of a row are contiguous. */
  public static Matrix of(float[] values, int offset, int rowStride) {
    return new Matrix(values, offset, rowStride, 1);
  }

  /** The same row again and again. */
  public static Matrix row(float[] values) {
    return of(values, 0, 0);
  }

  /** The rows from that one on. */
  public Matrix from(int row) {
    return row == 0 ? this : new Matrix(values, at(row), rowStride, columnStride);
  }

  /** The columns from that one on. */
  public Matrix fromColumn(int column) {
    return column == 0
        ? this
        : new Matrix(values, offset + column * columnStride, rowStride, columnStride);
  }

  /** Rows and columns exchanged; nothing is copied. */
  public Matrix transposed() {
    return new Matrix(values, offset, columnStride, rowStride);
  }

  /** Where the first element of a row lies in the array. */
  public int at(int row) {
    return offset + row * rowStride;
  }
}
