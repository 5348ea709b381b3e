package io.unroll.worker.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by register tiles of the Vector API; everything else as {@link PlainKernels}, whose
 * loops the JIT compiler vectorises. Same bits as the reference: every element of C stays one chain
 * of fused multiply-adds over ascending k, only held in a register for up to {@value #DEPTH} of
 * them.
 *
 * <p>The left operand is copied into tiles of {@value #ROWS} rows, [k][row], so that the inner loop
 * reads both operands in one direction; {@value #BLOCK} rows of it and one panel of the right
 * operand stay in the second-level cache. Not thread-safe: it owns the copies.
 */
final class VectorKernels extends PlainKernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns of a tile: three vectors. */
  private static final int WIDTH = 3 * LANES;

  /** Rows of a tile. With three vectors, 24 accumulators and 4 operands fill 32 registers. */
  private static final int ROWS = 8;

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
          tile8x3(depth, left, i * depth, panels, panel, c, to, cRowStride);
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
      tile4x3(depth, left, tile, panels, panel, edge, 0, WIDTH);
    } else if (columns == WIDTH) {
      tile8x3(depth, left, tile, panels, panel, edge, 0, WIDTH);
    } else {
      for (int v = 0; v < columns; v += LANES) {
        tile8x1(depth, left, tile, panels, panel + v, edge, v);
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

  private static void tile8x3(
      int depth,
      float[] a,
      int aFirst,
      float[] b,
      int bFirst,
      float[] c,
      int cFirst,
      int cRowStride) {
    int row0 = cFirst;
    int row1 = cFirst + cRowStride;
    int row2 = cFirst + 2 * cRowStride;
    int row3 = cFirst + 3 * cRowStride;
    int row4 = cFirst + 4 * cRowStride;
    int row5 = cFirst + 5 * cRowStride;
    int row6 = cFirst + 6 * cRowStride;
    int row7 = cFirst + 7 * cRowStride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, row0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, row0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, row0 + 2 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, row1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, row1 + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, row1 + 2 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, row2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, row2 + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, row2 + 2 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, row3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, row3 + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, row3 + 2 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, row4);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, row4 + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, c, row4 + 2 * LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, row5);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, row5 + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, c, row5 + 2 * LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, c, row6);
    FloatVector c61 = FloatVector.fromArray(SPECIES, c, row6 + LANES);
    FloatVector c62 = FloatVector.fromArray(SPECIES, c, row6 + 2 * LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, c, row7);
    FloatVector c71 = FloatVector.fromArray(SPECIES, c, row7 + LANES);
    FloatVector c72 = FloatVector.fromArray(SPECIES, c, row7 + 2 * LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH + 2 * LANES);
      int column = aFirst + k * ROWS;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[column + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[column + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      c72 = a7.fma(b2, c72);
    }
    c00.intoArray(c, row0);
    c01.intoArray(c, row0 + LANES);
    c02.intoArray(c, row0 + 2 * LANES);
    c10.intoArray(c, row1);
    c11.intoArray(c, row1 + LANES);
    c12.intoArray(c, row1 + 2 * LANES);
    c20.intoArray(c, row2);
    c21.intoArray(c, row2 + LANES);
    c22.intoArray(c, row2 + 2 * LANES);
    c30.intoArray(c, row3);
    c31.intoArray(c, row3 + LANES);
    c32.intoArray(c, row3 + 2 * LANES);
    c40.intoArray(c, row4);
    c41.intoArray(c, row4 + LANES);
    c42.intoArray(c, row4 + 2 * LANES);
    c50.intoArray(c, row5);
    c51.intoArray(c, row5 + LANES);
    c52.intoArray(c, row5 + 2 * LANES);
    c60.intoArray(c, row6);
    c61.intoArray(c, row6 + LANES);
    c62.intoArray(c, row6 + 2 * LANES);
    c70.intoArray(c, row7);
    c71.intoArray(c, row7 + LANES);
    c72.intoArray(c, row7 + 2 * LANES);
  }

  private static void tile4x3(
      int depth,
      float[] a,
      int aFirst,
      float[] b,
      int bFirst,
      float[] c,
      int cFirst,
      int cRowStride) {
    int row0 = cFirst;
    int row1 = cFirst + cRowStride;
    int row2 = cFirst + 2 * cRowStride;
    int row3 = cFirst + 3 * cRowStride;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, row0);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, row0 + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, row0 + 2 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, row1);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, row1 + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, row1 + 2 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, row2);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, row2 + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, row2 + 2 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, row3);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, row3 + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, row3 + 2 * LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH + 2 * LANES);
      int column = aFirst + k * ROWS;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
    }
    c00.intoArray(c, row0);
    c01.intoArray(c, row0 + LANES);
    c02.intoArray(c, row0 + 2 * LANES);
    c10.intoArray(c, row1);
    c11.intoArray(c, row1 + LANES);
    c12.intoArray(c, row1 + 2 * LANES);
    c20.intoArray(c, row2);
    c21.intoArray(c, row2 + LANES);
    c22.intoArray(c, row2 + 2 * LANES);
    c30.intoArray(c, row3);
    c31.intoArray(c, row3 + LANES);
    c32.intoArray(c, row3 + 2 * LANES);
  }

  private static void tile8x1(
      int depth, float[] a, int aFirst, float[] b, int bFirst, float[] c, int cFirst) {
    int row0 = cFirst;
    int row1 = cFirst + WIDTH;
    int row2 = cFirst + 2 * WIDTH;
    int row3 = cFirst + 3 * WIDTH;
    int row4 = cFirst + 4 * WIDTH;
    int row5 = cFirst + 5 * WIDTH;
    int row6 = cFirst + 6 * WIDTH;
    int row7 = cFirst + 7 * WIDTH;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, row0);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, row1);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, row2);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, row3);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, row4);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, row5);
    FloatVector c60 = FloatVector.fromArray(SPECIES, c, row6);
    FloatVector c70 = FloatVector.fromArray(SPECIES, c, row7);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bFirst + k * WIDTH);
      int column = aFirst + k * ROWS;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[column + 6]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[column + 7]);
      c70 = a7.fma(b0, c70);
    }
    c00.intoArray(c, row0);
    c10.intoArray(c, row1);
    c20.intoArray(c, row2);
    c30.intoArray(c, row3);
    c40.intoArray(c, row4);
    c50.intoArray(c, row5);
    c60.intoArray(c, row6);
    c70.intoArray(c, row7);
  }
}
