package io.unroll.worker.math;

import java.util.Locale;
import java.util.Objects;
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
final class VectorKernels extends PlainKernels
    implements VectorCells, VectorRows, VectorSums, VectorUpdates {
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
  public void multiply(int m, int from, int to, Matrix a, PackedMatrix b, Matrix start, Matrix c) {
    Objects.checkFromToIndex(from, to, b.columns());
    boolean columnsAreContiguous = a.rowStride() == 1;
    boolean few = to - from <= FEW_COLUMNS;
    int direct = columnsAreContiguous && few ? shape.rowsThatFillTiles(m) : 0;
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      Matrix sums = k == 0 ? start : c;
      int rows;
      for (int i = 0; i < m; i += rows) {
        rows = Math.min(BLOCK, (i < direct ? direct : m) - i);
        int first = a.at(i) + k * a.columnStride();
        if (i < direct) {
          left.takeDirectly(a.values(), first, a.columnStride());
        } else if (columnsAreContiguous) {
          left.copyColumns(rows, depth, a.values(), first, a.columnStride());
        } else {
          left.copyRows(rows, depth, a.values(), first, a.rowStride());
        }
        multiplyBlock(rows, k, from, to, b, sums.from(i), c.from(i));
      }
    }
  }

  private void multiplyBlock(
      int rows, int k, int from, int to, PackedMatrix b, Matrix start, Matrix c) {
    int depth = Math.min(DEPTH, b.rows() - k);
    float[] a = left.values();
    float[] sums = start.values();
    float[] result = c.values();
    int startStride = start.rowStride();
    int stride = c.rowStride();
    for (int j = from - from % width; j < to; j += width) {
      int wide = b.panelWidth(j);
      int panel = b.panel(j) + k * wide;
      int first = Math.max(from, j);
      int columns = Math.min(to, j + wide) - first;
      int height;
      for (int i = 0; i < rows; i += height) {
        height = shape.rows(rows - i);
        Tile tile = TileShape.tile(height, wide / LANE_COUNT);
        int aFirst = left.first(i, depth);
        int aStride = left.stride(height);
        int startFirst = start.at(i) + first;
        int cFirst = c.at(i) + first;
        int filled = Math.min(height, rows - i);
        if (filled == height && columns == wide) {
          tile.run(
              depth,
              a,
              aFirst,
              aStride,
              b.panels(),
              panel,
              sums,
              startFirst,
              startStride,
              result,
              cFirst,
              stride);
        } else {
          int at = first - j;
          copyRectangle(filled, columns, sums, startFirst, startStride, edge, at, wide);
          tile.run(depth, a, aFirst, aStride, b.panels(), panel, edge, 0, wide, edge, 0, wide);
          copyRectangle(filled, columns, edge, at, wide, result, cFirst, stride);
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
