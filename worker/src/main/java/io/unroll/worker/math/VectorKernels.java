package io.unroll.worker.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels of the Vector API. Same bits as the reference: every element of a product stays one chain
 * of fused multiply-adds over ascending k, only held in a register for up to {@value #DEPTH} of
 * them.
 *
 * <p>The left operand of a product is copied into tiles, [k][row], so that the inner loop reads
 * both operands in one direction; {@value #BLOCK} rows of it and one panel of the right operand
 * stay in the second-level cache. Not thread-safe: it owns the copies.
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

  /** Columns of the left operand that are copied at a time, where it is transposed. */
  private static final int COLUMNS = 32;

  /** Most rows of a tile. */
  private static final int MOST_ROWS = 8;

  private final TileShape shape;
  private final int width;
  private final float[] copy = new float[(BLOCK + MOST_ROWS) * DEPTH];
  private final float[] edge;

  /** What the tiles of a block read: the copy, or A itself. */
  private float[] left = copy;

  private int leftFirst;

  /** From column to column of A; 0 for the copy, which has the rows of a tile side by side. */
  private int leftStride;

  VectorKernels(TileShape shape) {
    this.shape = shape;
    this.width = shape.vectors() * LANE_COUNT;
    this.edge = new float[MOST_ROWS * width];
  }

  @Override
  public String name() {
    return "vector-%d %s".formatted(FLOATS.vectorBitSize(), shape);
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
          takeDirectly(a, aFirst, aColumnStride);
        } else if (columnsAreContiguous) {
          copyColumns(rows, depth, a, aFirst, aColumnStride);
        } else {
          copyRows(rows, depth, a, aFirst, aRowStride);
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

  /** Lets the tiles read A itself. */
  private void takeDirectly(float[] a, int aFirst, int aColumnStride) {
    left = a;
    leftFirst = aFirst;
    leftStride = aColumnStride;
  }

  private void takeCopy() {
    left = copy;
    leftFirst = 0;
    leftStride = 0;
  }

  /** Copies A where its rows are contiguous. */
  private void copyRows(int rows, int depth, float[] a, int aFirst, int aRowStride) {
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
  private void copyColumns(int rows, int depth, float[] a, int aFirst, int aColumnStride) {
    takeCopy();
    for (int first = 0; first < depth; first += COLUMNS) {
      int columns = Math.min(COLUMNS, depth - first);
      int from = aFirst + first * aColumnStride;
      int height;
      for (int i = 0; i < rows; i += height) {
        height = shape.rows(rows - i);
        int to = i * depth + first * height;
        if (height == MOST_ROWS) {
          copyEights(columns, a, from + i, aColumnStride, copy, to);
        } else {
          copyFew(Math.min(height, rows - i), height, columns, a, from + i, aColumnStride, to);
        }
      }
    }
  }

  /** Written out: the compiler would not unroll so short a loop. */
  private static void copyEights(
      int columns, float[] a, int from, int aColumnStride, float[] left, int to) {
    for (int k = 0; k < columns; k++) {
      int x = from + k * aColumnStride;
      int y = to + k * MOST_ROWS;
      left[y] = a[x];
      left[y + 1] = a[x + 1];
      left[y + 2] = a[x + 2];
      left[y + 3] = a[x + 3];
      left[y + 4] = a[x + 4];
      left[y + 5] = a[x + 5];
      left[y + 6] = a[x + 6];
      left[y + 7] = a[x + 7];
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
        int aFirst = leftStride == 0 ? i * depth : leftFirst + i;
        int aStride = leftStride == 0 ? height : leftStride;
        int from = startFirst + i * startRowStride + j;
        int to = cFirst + i * cRowStride + j;
        int filled = Math.min(height, rows - i);
        if (filled == height && columns == wide) {
          tile.run(
              depth,
              left,
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
          tile.run(depth, left, aFirst, aStride, b.panels(), panel, edge, 0, wide, edge, 0, wide);
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
