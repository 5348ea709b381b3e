package io.unroll.worker.math;

/**
 * The right-hand operand B (k×n) of a product, copied into column panels so that an inner loop over
 * k reads memory in one direction.
 *
 * <p>Panel p holds columns p·width … p·width+width-1 of B, row after row: element (i, j) lies at
 * {@code panels()[(j / width) * rows * width + i * width + j % width]}. Columns beyond n in the
 * last panel are zero. The storage is allocated once and reused by every {@link #pack}.
 */
public final class PackedMatrix {
  private final float[] panels;
  private final int width;
  private int rows;
  private int columns;

  /**
   * Allocates storage for any matrix of up to maxRows × maxColumns.
   *
   * @param width columns per panel, at least 1
   */
  PackedMatrix(int maxRows, int maxColumns, int width) {
    this.width = width;
    this.panels = new float[Math.multiplyExact(maxRows, panelCount(maxColumns, width) * width)];
  }

  /**
   * Copies a matrix in: element (i, j) is read from {@code source[offset + i*rowStride +
   * j*columnStride]}, so a transposed matrix is packed by exchanging the strides.
   *
   * @throws IllegalArgumentException if the matrix exceeds the capacity
   */
  public void pack(
      float[] source, int offset, int rows, int columns, int rowStride, int columnStride) {
    int count = panelCount(columns, width);
    if ((long) rows * count * width > panels.length) {
      throw new IllegalArgumentException(
          "Cannot pack %d×%d: capacity is %d elements".formatted(rows, columns, panels.length));
    }
    this.rows = rows;
    this.columns = columns;
    for (int p = 0; p < count; p++) {
      int first = p * width;
      int filled = Math.min(width, columns - first);
      int from = offset + first * columnStride;
      int to = p * rows * width;
      if (columnStride == 1) {
        copyPanel(source, from, rowStride, filled, to);
      } else {
        transposePanel(source, from, rowStride, columnStride, filled, to);
      }
    }
  }

  private void copyPanel(float[] source, int from, int rowStride, int filled, int to) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source, from + i * rowStride, panels, to + i * width, filled);
      java.util.Arrays.fill(panels, to + i * width + filled, to + (i + 1) * width, 0f);
    }
  }

  private void transposePanel(
      float[] source, int from, int rowStride, int columnStride, int filled, int to) {
    for (int j = 0; j < width; j++) {
      int column = from + j * columnStride;
      for (int i = 0; i < rows; i++) {
        panels[to + i * width + j] = j < filled ? source[column + i * rowStride] : 0f;
      }
    }
  }

  /** Rows k of the matrix packed last. */
  public int rows() {
    return rows;
  }

  /** Columns n of the matrix packed last. */
  public int columns() {
    return columns;
  }

  int width() {
    return width;
  }

  float[] panels() {
    return panels;
  }

  private static int panelCount(int columns, int width) {
    return (columns + width - 1) / width;
  }
}
