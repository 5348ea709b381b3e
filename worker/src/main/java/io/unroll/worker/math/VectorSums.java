package io.unroll.worker.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Sums} by vectors. Partial sums are spread over as many as make up 16 elements. */
interface VectorSums extends PlainSums {
  VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  int LANES = SPECIES.length();

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }

  @Override
  default float dot(int count, float[] x, int xFrom, float[] y, int yFrom) {
    float[] partial = new float[Rows.PARTIAL_SUMS];
    int end = count - count % Rows.PARTIAL_SUMS;
    for (int first = 0; first < Rows.PARTIAL_SUMS; first += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = first; j < end; j += Rows.PARTIAL_SUMS) {
        sum = load(x, xFrom + j).fma(load(y, yFrom + j), sum);
      }
      sum.intoArray(partial, first);
    }
    PlainSums.addProducts(end, count, x, xFrom, y, yFrom, partial);
    return PlainRows.total(partial);
  }

  @Override
  default void addMultiple(int count, float factor, float[] x, int xFrom, float[] y, int yFrom) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      factors.fma(load(x, xFrom + j), load(y, yFrom + j)).intoArray(y, yFrom + j);
    }
    PlainSums.super.addMultiple(count - end, factor, x, xFrom + end, y, yFrom + end);
  }

  @Override
  default void energyBackward(
      int size,
      float change,
      float[] u,
      int uFrom,
      float[] v,
      int vFrom,
      float[] dv,
      float[] dq,
      int from,
      float[] dk,
      int dkFrom) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector changes = FloatVector.broadcast(SPECIES, change);
    int end = SPECIES.loopBound(size);
    for (int a = 0; a < end; a += LANES) {
      FloatVector tanh = load(u, uFrom + a);
      FloatVector d = changes.mul(load(v, vFrom + a)).mul(one.sub(tanh.mul(tanh)));
      load(dv, from + a).add(changes.mul(tanh)).intoArray(dv, from + a);
      load(dq, from + a).add(d).intoArray(dq, from + a);
      load(dk, dkFrom + a).add(d).intoArray(dk, dkFrom + a);
    }
    PlainSums.super.energyBackward(
        size - end, change, u, uFrom + end, v, vFrom + end, dv, dq, from + end, dk, dkFrom + end);
  }
}
