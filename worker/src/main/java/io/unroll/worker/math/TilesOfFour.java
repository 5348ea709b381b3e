package io.unroll.worker.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of 4 rows. See {@link Tile}. */
final class TilesOfFour {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private TilesOfFour() {}

  static void tile4x3(
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

  static void tile4x2(
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
    }
    c00.intoArray(c, row0);
    c01.intoArray(c, row0 + LANES);
    c10.intoArray(c, row1);
    c11.intoArray(c, row1 + LANES);
    c20.intoArray(c, row2);
    c21.intoArray(c, row2 + LANES);
    c30.intoArray(c, row3);
    c31.intoArray(c, row3 + LANES);
  }

  static void tile4x1(
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startFirst + startRowStride);
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startFirst + 2 * startRowStride);
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startFirst + 3 * startRowStride);
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
    }
    c00.intoArray(c, row0);
    c10.intoArray(c, row1);
    c20.intoArray(c, row2);
    c30.intoArray(c, row3);
  }
}
