package io.unroll.worker.math;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels of the Vector API. Same bits as the reference: every element of a product stays one chain
 * of fused multiply-adds over ascending k, only held in a register for up to {@value #DEPTH} of
 * them.
 *
 * <p>{@value #BLOCK} rows of the left operand and one panel of the right one stay in the
 * second-level cache while the tiles go over them. Not thread-safe: it owns a copy of the left
 * operand.
 */
final class VectorKernels extends PlainKernels implements VectorCells, VectorRows, VectorUpdates {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANE_COUNT = FLOATS.length();

  /** Rows of the left operand that are copied at a time. */
  private static final int BLOCK = 128;

  /** Steps over k between loading and storing C. */
  private static final int DEPTH = 512;

  /**
   * Columns of the right operand up to which a transposed left operand is not copied: so few times
   * does each of its elements serve.
   */
  private static final int FEW_COLUMNS = 256;

  /** Most rows of a tile. */
  private static final int MOST_ROWS = 8;

  private final TileShape shape;
  private final int width;
  private final LeftOperand left;
  private final float[] edge;

  VectorKernels(TileShape shape) {
    this.shape = shape;
    this.width = shape.vectors() * LANE_COUNT;
    this.left = new LeftOperand(shape, BLOCK, DEPTH);
    this.edge = new float[MOST_ROWS * width];
  }

  @Override
  public String name() {
    return String.format(Locale.ROOT, "vector-%d %s", FLOATS.vectorBitSize(), shape);
  }

  @Override
  public PackedMatrix packed(int maxRows, int maxColumns) {
    return new PackedMatrix(maxRows, maxColumns, width, LANE_COUNT);
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
    boolean columnsAreContiguous = aRowStride == 1;
    boolean few = b.columns() <= FEW_COLUMNS;
    int direct = columnsAreContiguous && few ? shape.rowsThatFillTiles(m) : 0;
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      int rows;
      for (int i = 0; i < m; i += rows) {
        rows = Math.min(BLOCK, (i < direct ? direct : m) - i);
        int aFirst = aOffset + i * aRowStride + k * aColumnStride;
        if (i < direct) {
          left.takeDirectly(a, aFirst, aColumnStride);
        } else if (columnsAreContiguous) {
          left.copyColumns(rows, depth, a, aFirst, aColumnStride);
        } else {
          left.copyRows(rows, depth, a, aFirst, aRowStride);
        }
        int to = cOffset + i * cRowStride;
        if (k == 0) {
          int from = startOffset + i * startRowStride;
          multiplyBlock(rows, depth, k, b, start, from, startRowStride, c, to, cRowStride);
        } else {
          multiplyBlock(rows, depth, k, b, c, to, cRowStride, c, to, cRowStride);
        }
      }
    }
  }

  private void multiplyBlock(
      int rows,
      int depth,
      int k,
      PackedMatrix b,
      float[] start,
      int startFirst,
      int startRowStride,
      float[] c,
      int cFirst,
      int cRowStride) {
    for (int j = 0; j < b.columns(); j += width) {
      int wide = b.panelWidth(j);
      int columns = Math.min(wide, b.columns() - j);
      int panel = b.panel(j) + k * wide;
      int height;
      for (int i = 0; i < rows; i += height) {
        height = shape.rows(rows - i);
        Tile tile = TileShape.tile(height, wide / LANE_COUNT);
        float[] a = left.values();
        int aFirst = left.first(i, depth);
        int aStride = left.stride(height);
        int from = startFirst + i * startRowStride + j;
        int to = cFirst + i * cRowStride + j;
        int filled = Math.min(height, rows - i);
        if (filled == height && columns == wide) {
          tile.run(
              depth,
              a,
              aFirst,
              aStride,
              b.panels(),
              panel,
              start,
              from,
              startRowStride,
              c,
              to,
              cRowStride);
        } else {
          copyRectangle(filled, columns, start, from, startRowStride, edge, 0, wide);
          tile.run(depth, a, aFirst, aStride, b.panels(), panel, edge, 0, wide, edge, 0, wide);
          copyRectangle(filled, columns, edge, 0, wide, c, to, cRowStride);
        }
      }
    }
  }

  /** For a tile that C fills only in part, which is computed in a copy. */
  private static void copyRectangle(
      int rows,
      int columns,
      float[] source,
      int from,
      int sourceStride,
      float[] target,
      int to,
      int targetStride) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(source, from + r * sourceStride, target, to + r * targetStride, columns);
    }
  }
}
