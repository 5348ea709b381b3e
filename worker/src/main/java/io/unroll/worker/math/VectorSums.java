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

  private static void add(FloatVector change, Matrix row, int column) {
    int at = row.offset() + column;
    load(row.values(), at).add(change).intoArray(row.values(), at);
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
      int size, float change, Matrix u, Matrix v, Matrix dv, Matrix dq, Matrix dk) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector changes = FloatVector.broadcast(SPECIES, change);
    int end = SPECIES.loopBound(size);
    for (int a = 0; a < end; a += LANES) {
      FloatVector tanh = load(u.values(), u.offset() + a);
      FloatVector d = load(v.values(), v.offset() + a);
      d = changes.mul(d).mul(one.sub(tanh.mul(tanh)));
      add(changes.mul(tanh), dv, a);
      add(d, dq, a);
      add(d, dk, a);
    }
    PlainSums.super.energyBackward(
        size - end,
        change,
        u.fromColumn(end),
        v.fromColumn(end),
        dv.fromColumn(end),
        dq.fromColumn(end),
        dk.fromColumn(end));
  }
}
