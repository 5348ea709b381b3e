package io.unroll.worker.math;

/** The reference: plain loops, each as its formula reads. Stateless. */
public class PlainKernels implements Kernels, PlainCells, PlainRows, PlainUpdates {
  /** Columns of a panel, which only keep it in the first-level cache. */
  private static final int PANEL = 16;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public PackedMatrix packed(int maxRows, int maxColumns) {
    return new PackedMatrix(maxRows, maxColumns, PANEL, PANEL);
  }

  @Override
  public void multiply(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] start,
      int startOffset,
      int startRowStride,
      float[] c,
      int cOffset,
      int cRowStride) {
    for (int first = 0; first < b.columns(); first += b.width()) {
      int columns = Math.min(b.width(), b.columns() - first);
      int panel = b.panel(first);
      int stride = b.panelWidth(first);
      for (int i = 0; i < m; i++) {
        int row = cOffset + i * cRowStride + first;
        System.arraycopy(start, startOffset + i * startRowStride + first, c, row, columns);
        for (int x = 0; x < b.rows(); x++) {
          float left = a[aOffset + i * aRowStride + x * aColumnStride];
          int right = panel + x * stride;
          for (int j = 0; j < columns; j++) {
            c[row + j] = Math.fma(left, b.panels()[right + j], c[row + j]);
          }
        }
      }
    }
  }
}
