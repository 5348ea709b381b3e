package io.unroll.worker.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Rows} by vectors. Partial sums are spread over as many vectors as make up 16 elements. */
interface VectorRows extends PlainRows {
  VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  int LANES = SPECIES.length();
  VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  int HALF = DOUBLES.length();

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }

  @Override
  default float max(float[] values, int from, int to) {
    FloatVector even = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector odd = even;
    int end = to - (to - from) % (2 * LANES);
    for (int x = from; x < end; x += 2 * LANES) {
      even = even.max(load(values, x));
      odd = odd.max(load(values, x + LANES));
    }
    float max = even.max(odd).reduceLanes(VectorOperators.MAX);
    return Math.max(max, PlainRows.super.max(values, end, to));
  }

  @Override
  default float exponentials(float[] values, int from, int to, float shift) {
    float[] partial = new float[PARTIAL_SUMS];
    int end = to - (to - from) % PARTIAL_SUMS;
    for (int v = 0; v < PARTIAL_SUMS; v += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int x = from + v; x < end; x += PARTIAL_SUMS) {
        FloatVector y = VectorFunctions.exp(load(values, x).sub(shift));
        y.intoArray(values, x);
        sum = sum.add(y);
      }
      sum.intoArray(partial, v);
    }
    PlainRows.addExponentials(values, from, end, to, shift, partial);
    return PlainRows.total(partial);
  }

  @Override
  default void multiply(float[] values, int from, int to, float factor) {
    int end = from + SPECIES.loopBound(to - from);
    for (int x = from; x < end; x += LANES) {
      load(values, x).mul(factor).intoArray(values, x);
    }
    PlainRows.super.multiply(values, end, to, factor);
  }

  @Override
  default void add(int count, float[] source, int from, float[] target, int to) {
    int end = SPECIES.loopBound(count);
    for (int x = 0; x < end; x += LANES) {
      load(target, to + x).add(load(source, from + x)).intoArray(target, to + x);
    }
    PlainRows.super.add(count - end, source, from + end, target, to + end);
  }

  /** Four rows at a time, one after the other into sums that stay in a register meanwhile. */
  @Override
  default void addColumnSums(
      int rows, int columns, int from, int to, float[] matrix, float[] sums, int sumsOffset) {
    int end = from + SPECIES.loopBound(to - from);
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int row0 = r * columns;
      int row1 = row0 + columns;
      int row2 = row1 + columns;
      int row3 = row2 + columns;
      for (int j = from; j < end; j += LANES) {
        load(sums, sumsOffset + j)
            .add(load(matrix, row0 + j))
            .add(load(matrix, row1 + j))
            .add(load(matrix, row2 + j))
            .add(load(matrix, row3 + j))
            .intoArray(sums, sumsOffset + j);
      }
    }
    for (; r < rows; r++) {
      for (int j = from; j < end; j += LANES) {
        load(sums, sumsOffset + j)
            .add(load(matrix, r * columns + j))
            .intoArray(sums, sumsOffset + j);
      }
    }
    PlainRows.super.addColumnSums(rows, columns, end, to, matrix, sums, sumsOffset);
  }

  @Override
  default void addSquares(float[] values, int from, int to, double[] partial) {
    int begin = Math.min(to, from + Math.floorMod(-from, PARTIAL_SUMS));
    int end = Math.max(begin, to - to % PARTIAL_SUMS);
    PlainRows.super.addSquares(values, from, begin, partial);
    for (int v = 0; v < PARTIAL_SUMS; v += LANES) {
      DoubleVector low = DoubleVector.fromArray(DOUBLES, partial, v);
      DoubleVector high = DoubleVector.fromArray(DOUBLES, partial, v + HALF);
      for (int x = begin + v; x < end; x += PARTIAL_SUMS) {
        FloatVector y = load(values, x);
        DoubleVector y0 = (DoubleVector) y.convert(VectorOperators.F2D, 0);
        DoubleVector y1 = (DoubleVector) y.convert(VectorOperators.F2D, 1);
        low = y0.fma(y0, low);
        high = y1.fma(y1, high);
      }
      low.intoArray(partial, v);
      high.intoArray(partial, v + HALF);
    }
    PlainRows.super.addSquares(values, end, to, partial);
  }
}
