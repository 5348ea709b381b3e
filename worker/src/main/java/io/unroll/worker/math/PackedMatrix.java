package io.unroll.worker.math;

import java.util.Arrays;
import java.util.Locale;

/**
 * The right-hand operand B (k×n) of a product, copied into column panels so that an inner loop over
 * k reads memory in one direction.
 *
 * <p>Panel p holds columns p·width … p·width+width-1 of B, row after row, and begins at p·width·k.
 * The last panel is as narrow as its columns allow, in steps of the lanes of a vector; columns
 * beyond n are zero. The storage is allocated once and reused by every {@link #pack}.
 */
public class PackedMatrix {
  private final float[] panels;
  private final int width;
  private final int lanes;
  private int rows;
  private int columns;

  /**
   * Allocates storage for any matrix of up to maxRows × maxColumns.
   *
   * @param width columns per panel, a multiple of the lanes
   * @param lanes columns that the last panel is rounded up to, at least 1
   */
  PackedMatrix(int maxRows, int maxColumns, int width, int lanes) {
    this.width = width;
    this.lanes = lanes;
    this.panels = new float[Math.multiplyExact(maxRows, roundUp(maxColumns))];
  }

  private int roundUp(int count) {
    return (count + lanes - 1) / lanes * lanes;
  }

  /**
   * Copies a matrix in: element (i, j) is read from {@code source[offset + i*rowStride +
   * j*columnStride]}, so a transposed matrix is packed by exchanging the strides. One of the
   * strides is 1.
   *
   * @throws IllegalArgumentException if the matrix exceeds the capacity
   */
  public void pack(
      float[] source, int offset, int rows, int columns, int rowStride, int columnStride) {
    if ((long) rows * roundUp(columns) > panels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack %d×%d: capacity is %d elements",
              rows,
              columns,
              panels.length));
    }
    if (rowStride != 1 && columnStride != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack with strides %d and %d: one must be 1",
              rowStride,
              columnStride));
    }
    this.rows = rows;
    this.columns = columns;
    for (int first = 0; first < columns; first += width) {
      int filled = Math.min(width, columns - first);
      int from = offset + first * columnStride;
      if (columnStride == 1) {
        copyPanel(source, from, rowStride, filled, panel(first), panelWidth(first));
      } else {
        transposePanel(source, from, columnStride, filled, panel(first), panelWidth(first));
      }
    }
  }

  private void copyPanel(float[] source, int from, int rowStride, int filled, int to, int wide) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source, from + i * rowStride, panels, to + i * wide, filled);
      if (filled < wide) {
        Arrays.fill(panels, to + i * wide + filled, to + (i + 1) * wide, 0f);
      }
    }
  }

  private void transposePanel(
      float[] source, int from, int columnStride, int filled, int to, int wide) {
    if (filled < wide) {
      Arrays.fill(panels, to, to + rows * wide, 0f);
    }
    Interleave.copy(source, from, columnStride, filled, rows, panels, to, wide);
  }

  /** Rows k of the matrix packed last. */
  public int rows() {
    return rows;
  }

  /** Columns n of the matrix packed last. */
  public int columns() {
    return columns;
  }

  /** Columns of every panel but the last. */
  int width() {
    return width;
  }

  float[] panels() {
    return panels;
  }

  /** Where the panel begins whose first column this is. */
  int panel(int firstColumn) {
    return firstColumn * rows;
  }

  /** Columns, zeros included, of the panel whose first column this is. */
  int panelWidth(int firstColumn) {
    return Math.min(width, roundUp(columns - firstColumn));
  }
}
