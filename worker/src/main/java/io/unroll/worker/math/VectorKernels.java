package io.unroll.worker.math;

import static io.unroll.worker.math.VectorTiles.LANES;
import static io.unroll.worker.math.VectorTiles.ROWS;
import static io.unroll.worker.math.VectorTiles.SPECIES;
import static io.unroll.worker.math.VectorTiles.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products by register tiles ({@link VectorTiles}), tanh, sigmoid, exp and the reductions of a row
 * by vectors; everything else as {@link PlainKernels}, whose loops the JIT compiler vectorises.
 * Same bits as the reference: every element of C stays one chain of fused multiply-adds over
 * ascending k, only held in a register for up to {@value #DEPTH} of them.
 *
 * <p>The left operand is copied into tiles of {@value VectorTiles#ROWS} rows, [k][row], so that the
 * inner loop reads both operands in one direction; {@value #BLOCK} rows of it and one panel of the
 * right operand stay in the second-level cache. Not thread-safe: it owns the copies.
 */
final class VectorKernels extends PlainKernels {
  private static final int HALF_ROWS = ROWS / 2;

  /** Rows of the left operand that are copied at a time. */
  private static final int BLOCK = 64;

  /** Steps over k between loading and storing C. */
  private static final int DEPTH = 512;

  private final float[] left = new float[BLOCK * DEPTH];
  private final float[] edge = new float[ROWS * WIDTH];

  @Override
  public String name() {
    return "vector-" + SPECIES.vectorBitSize();
  }

  @Override
  public PackedMatrix packed(int maxRows, int maxColumns) {
    return new PackedMatrix(maxRows, maxColumns, WIDTH);
  }

  @Override
  public void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride) {
    for (int k = 0; k < b.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, b.rows() - k);
      for (int i = 0; i < m; i += BLOCK) {
        int rows = Math.min(BLOCK, m - i);
        int aFirst = aOffset + i * aRowStride + k * aColumnStride;
        copyLeft(rows, depth, a, aFirst, aRowStride, aColumnStride);
        multiplyBlock(rows, depth, k, b, c, cOffset + i * cRowStride, cRowStride);
      }
    }
  }

  private void copyLeft(
      int rows, int depth, float[] a, int aFirst, int aRowStride, int aColumnStride) {
    for (int i = 0; i < rows; i += ROWS) {
      int filled = Math.min(ROWS, rows - i);
      int tile = i * depth;
      int from = aFirst + i * aRowStride;
      if (filled < ROWS) {
        Arrays.fill(left, tile, tile + ROWS * depth, 0f);
      }
      if (aRowStride == 1) {
        for (int k = 0; k < depth; k++) {
          System.arraycopy(a, from + k * aColumnStride, left, tile + k * ROWS, filled);
        }
      } else {
        for (int r = 0; r < filled; r++) {
          int row = from + r * aRowStride;
          for (int k = 0; k < depth; k++) {
            left[tile + k * ROWS + r] = a[row + k * aColumnStride];
          }
        }
      }
    }
  }

  private void multiplyBlock(
      int rows, int depth, int k, PackedMatrix b, float[] c, int cFirst, int cRowStride) {
    float[] panels = b.panels();
    for (int j = 0; j < b.columns(); j += WIDTH) {
      int columns = Math.min(WIDTH, b.columns() - j);
      int panel = j * b.rows() + k * WIDTH;
      for (int i = 0; i < rows; i += ROWS) {
        int height = Math.min(ROWS, rows - i);
        int to = cFirst + i * cRowStride + j;
        if (height == ROWS && columns == WIDTH) {
          VectorTiles.tile8x3(depth, left, i * depth, panels, panel, c, to, cRowStride);
        } else {
          multiplyEdge(height, columns, depth, i * depth, panels, panel, c, to, cRowStride);
        }
      }
    }
  }

  /** A tile that C fills only in part: computed in {@link #edge}, copied in and out. */
  private void multiplyEdge(
      int height,
      int columns,
      int depth,
      int tile,
      float[] panels,
      int panel,
      float[] c,
      int to,
      int cRowStride) {
    for (int r = 0; r < height; r++) {
      System.arraycopy(c, to + r * cRowStride, edge, r * WIDTH, columns);
    }
    if (height <= HALF_ROWS) {
      VectorTiles.tile4x3(depth, left, tile, panels, panel, edge, 0, WIDTH);
    } else if (columns == WIDTH) {
      VectorTiles.tile8x3(depth, left, tile, panels, panel, edge, 0, WIDTH);
    } else {
      for (int v = 0; v < columns; v += LANES) {
        VectorTiles.tile8x1(depth, left, tile, panels, panel + v, edge, v);
      }
    }
    for (int r = 0; r < height; r++) {
      System.arraycopy(edge, r * WIDTH, c, to + r * cRowStride, columns);
    }
  }

  @Override
  public void rnnForward(int count, float[] a, int aOffset, float[] h, int hOffset) {
    int end = SPECIES.loopBound(count);
    for (int x = 0; x < end; x += LANES) {
      VectorFunctions.tanh(FloatVector.fromArray(SPECIES, a, aOffset + x))
          .intoArray(h, hOffset + x);
    }
    super.rnnForward(count - end, a, aOffset + end, h, hOffset + end);
  }

  @Override
  void sigmoid(int count, float[] values, int offset) {
    int end = SPECIES.loopBound(count);
    for (int x = offset; x < offset + end; x += LANES) {
      VectorFunctions.sigmoid(FloatVector.fromArray(SPECIES, values, x)).intoArray(values, x);
    }
    super.sigmoid(count - end, values, offset + end);
  }

  @Override
  void exp(int count, float[] values, int offset, float shift) {
    int end = SPECIES.loopBound(count);
    for (int x = offset; x < offset + end; x += LANES) {
      VectorFunctions.exp(FloatVector.fromArray(SPECIES, values, x).sub(shift))
          .intoArray(values, x);
    }
    super.exp(count - end, values, offset + end, shift);
  }

  @Override
  float max(float[] values, int from, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int x = from; x < from + end; x += LANES) {
      max = max.max(FloatVector.fromArray(SPECIES, values, x));
    }
    return Math.max(
        max.reduceLanes(VectorOperators.MAX), super.max(values, from + end, count - end));
  }

  @Override
  void addPartialSums(int count, float[] values, int from, float[] partial) {
    int end = count - count % PARTIAL_SUMS;
    for (int v = 0; v < PARTIAL_SUMS; v += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, partial, v);
      for (int x = from + v; x < from + end; x += PARTIAL_SUMS) {
        sum = sum.add(FloatVector.fromArray(SPECIES, values, x));
      }
      sum.intoArray(partial, v);
    }
    super.addPartialSums(count - end, values, from + end, partial);
  }
}
