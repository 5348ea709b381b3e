package io.unroll.worker.math;

import java.util.Objects;

/** The reference: plain loops, each as its formula reads. Stateless. */
public class PlainKernels implements Kernels, PlainCells, PlainRows, PlainSums, PlainUpdates {
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
  public void multiply(int m, int from, int to, Matrix a, PackedMatrix b, Matrix start, Matrix c) {
    Objects.checkFromToIndex(from, to, b.columns());
    float[] left = a.values();
    float[] right = b.panels();
    float[] sums = c.values();
    for (int first = from - from % b.width(); first < to; first += b.width()) {
      int stride = b.panelWidth(first);
      int begin = Math.max(from, first);
      int end = Math.min(to, first + stride);
      for (int i = 0; i < m; i++) {
        int row = c.at(i);
        System.arraycopy(start.values(), start.at(i) + begin, sums, row + begin, end - begin);
        for (int x = 0; x < b.rows(); x++) {
          float factor = left[a.at(i) + x * a.columnStride()];
          int at = b.panel(first) + x * stride - first;
          for (int j = begin; j < end; j++) {
            sums[row + j] = Math.fma(factor, right[at + j], sums[row + j]);
          }
        }
      }
    }
  }
}
