package io.unroll.worker.math;

import java.util.Arrays;
import java.util.Locale;

/**
 * The right-hand operand B (k×n) of a product, copied into column panels so that an inner loop over
 * k reads memory in one direction.
 *
 * <p>Panel p holds columns p·width … p·width+width-1 of B, row after row, and begins at p·width·k.
 * The last panel is as narrow as its columns allow, in steps of the lanes of a vector; columns
 * beyond n are zero. The storage is allocated once and reused for every matrix.
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
   * Copies a matrix in; a transposed one by a transposed view.
   *
   * @param source one of its strides is 1
   * @throws IllegalArgumentException if the matrix exceeds the capacity
   */
  public void pack(int rows, int columns, Matrix source) {
    begin(rows, columns);
    packColumns(0, columns, source);
  }

  /**
   * Makes room for a matrix that {@link #packColumns} copies in, part by part.
   *
   * @throws IllegalArgumentException if the matrix exceeds the capacity
   */
  public void begin(int rows, int columns) {
    if ((long) rows * roundUp(columns) > capacity()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack %d×%d: capacity is %d elements",
              rows,
              columns,
              capacity()));
    }
    this.rows = rows;
    this.columns = columns;
  }

  /** Elements there is room for. */
  int capacity() {
    return panels.length;
  }

  /**
   * Where to cut the columns, so that several threads have about the same number of whole panels:
   * part p of n goes from {@code cut(p, n)} to {@code cut(p + 1, n)}. Parts may be empty.
   *
   * @param part 0 … parts
   */
  public int cut(int part, int parts) {
    long all = ((long) columns + width - 1) / width;
    return (int) Math.min(columns, all * part / parts * width);
  }

  /**
   * Copies columns from … to-1 of a matrix in. Several threads may do it at the same time after
   * {@link #begin}, each other columns; nobody may use the matrix before they all have done so.
   *
   * @param from where a part begins that {@link #cut} makes
   * @param to where it ends
   * @param source the whole matrix; one of its strides is 1
   * @throws IllegalArgumentException if another part of a panel would be left
   */
  public void packColumns(int from, int to, Matrix source) {
    if (from % width != 0 || (to % width != 0 && to != columns)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack columns %d to %d of %d: panels have %d",
              from,
              to,
              columns,
              width));
    }
    if (source.rowStride() != 1 && source.columnStride() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack with strides %d and %d: one must be 1",
              source.rowStride(),
              source.columnStride()));
    }
    for (int first = from; first < to; first += width) {
      int filled = Math.min(width, columns - first);
      Matrix panel = source.fromColumn(first);
      if (source.columnStride() == 1) {
        copyPanel(panel, filled, panel(first), panelWidth(first));
      } else {
        transposePanel(panel, filled, panel(first), panelWidth(first));
      }
    }
  }

  private void copyPanel(Matrix source, int filled, int to, int wide) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source.values(), source.at(i), panels, to + i * wide, filled);
      if (filled < wide) {
        Arrays.fill(panels, to + i * wide + filled, to + (i + 1) * wide, 0f);
      }
    }
  }

  private void transposePanel(Matrix source, int filled, int to, int wide) {
    if (filled < wide) {
      Arrays.fill(panels, to, to + rows * wide, 0f);
    }
    Interleave.copy(
        source.values(), source.offset(), source.columnStride(), filled, rows, panels, to, wide);
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
