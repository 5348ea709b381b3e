package io.unroll.worker.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of 1 row, for a batch of one. See {@link Tile}. */
final class TilesOfOne {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private TilesOfOne() {}

  static void tile1x3(
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startFirst + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startFirst + 2 * LANES);
    for (int k = 0; k < depth; k++) {
      int row = bFirst + k * 3 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aFirst + k * aStride]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
    }
    c00.intoArray(c, row0);
    c01.intoArray(c, row0 + LANES);
    c02.intoArray(c, row0 + 2 * LANES);
  }

  static void tile1x2(
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startFirst + LANES);
    for (int k = 0; k < depth; k++) {
      int row = bFirst + k * 2 * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aFirst + k * aStride]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
    }
    c00.intoArray(c, row0);
    c01.intoArray(c, row0 + LANES);
  }

  static void tile1x1(
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startFirst);
    for (int k = 0; k < depth; k++) {
      int row = bFirst + k * LANES;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aFirst + k * aStride]);
      c00 = a0.fma(b0, c00);
    }
    c00.intoArray(c, row0);
  }
}
