package io.unroll.worker.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of 8 rows: with 3 vectors of columns, 24 accumulators and 4 operands fill 32 registers. See
 * {@link Tile}.
 */
final class TilesOfEight {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private TilesOfEight() {}

  static void tile8x3(
      int depth,
      float[] a,
      int aFirst,
      int aStride,
      float[] b,
      int bFirst,
      float[] start,
      int startFirst,
      int startRowStride,
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startFirst + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startFirst + 2 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startFirst + startRowStride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startFirst + startRowStride + LANES);
    FloatVector c12 =
        FloatVector.fromArray(SPECIES, start, startFirst + startRowStride + 2 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride);
    FloatVector c21 =
        FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride + LANES);
    FloatVector c22 =
        FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride + 2 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride);
    FloatVector c31 =
        FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride + LANES);
    FloatVector c32 =
        FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride + 2 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startFirst + 4 * startRowStride);
    FloatVector c41 =
        FloatVector.fromArray(SPECIES, start, startFirst + 4 * startRowStride + LANES);
    FloatVector c42 =
        FloatVector.fromArray(SPECIES, start, startFirst + 4 * startRowStride + 2 * LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startFirst + 5 * startRowStride);
    FloatVector c51 =
        FloatVector.fromArray(SPECIES, start, startFirst + 5 * startRowStride + LANES);
    FloatVector c52 =
        FloatVector.fromArray(SPECIES, start, startFirst + 5 * startRowStride + 2 * LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startFirst + 6 * startRowStride);
    FloatVector c61 =
        FloatVector.fromArray(SPECIES, start, startFirst + 6 * startRowStride + LANES);
    FloatVector c62 =
        FloatVector.fromArray(SPECIES, start, startFirst + 6 * startRowStride + 2 * LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startFirst + 7 * startRowStride);
    FloatVector c71 =
        FloatVector.fromArray(SPECIES, start, startFirst + 7 * startRowStride + LANES);
    FloatVector c72 =
        FloatVector.fromArray(SPECIES, start, startFirst + 7 * startRowStride + 2 * LANES);
    for (int k = 0; k < depth; k++) {
      int row = bFirst + k * 3 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      int column = aFirst + k * aStride;
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

  static void tile8x2(
      int depth,
      float[] a,
      int aFirst,
      int aStride,
      float[] b,
      int bFirst,
      float[] start,
      int startFirst,
      int startRowStride,
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startFirst + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startFirst + startRowStride);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startFirst + startRowStride + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride);
    FloatVector c21 =
        FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride);
    FloatVector c31 =
        FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startFirst + 4 * startRowStride);
    FloatVector c41 =
        FloatVector.fromArray(SPECIES, start, startFirst + 4 * startRowStride + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startFirst + 5 * startRowStride);
    FloatVector c51 =
        FloatVector.fromArray(SPECIES, start, startFirst + 5 * startRowStride + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startFirst + 6 * startRowStride);
    FloatVector c61 =
        FloatVector.fromArray(SPECIES, start, startFirst + 6 * startRowStride + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startFirst + 7 * startRowStride);
    FloatVector c71 =
        FloatVector.fromArray(SPECIES, start, startFirst + 7 * startRowStride + LANES);
    for (int k = 0; k < depth; k++) {
      int row = bFirst + k * 2 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      int column = aFirst + k * aStride;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[column]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[column + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[column + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[column + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[column + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[column + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[column + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[column + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoArray(c, row0);
    c01.intoArray(c, row0 + LANES);
    c10.intoArray(c, row1);
    c11.intoArray(c, row1 + LANES);
    c20.intoArray(c, row2);
    c21.intoArray(c, row2 + LANES);
    c30.intoArray(c, row3);
    c31.intoArray(c, row3 + LANES);
    c40.intoArray(c, row4);
    c41.intoArray(c, row4 + LANES);
    c50.intoArray(c, row5);
    c51.intoArray(c, row5 + LANES);
    c60.intoArray(c, row6);
    c61.intoArray(c, row6 + LANES);
    c70.intoArray(c, row7);
    c71.intoArray(c, row7 + LANES);
  }

  static void tile8x1(
      int depth,
      float[] a,
      int aFirst,
      int aStride,
      float[] b,
      int bFirst,
      float[] start,
      int startFirst,
      int startRowStride,
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startFirst + startRowStride);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride);
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startFirst + 4 * startRowStride);
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startFirst + 5 * startRowStride);
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startFirst + 6 * startRowStride);
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startFirst + 7 * startRowStride);
    for (int k = 0; k < depth; k++) {
      int row = bFirst + k * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      int column = aFirst + k * aStride;
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
