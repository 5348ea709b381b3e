package io.unroll.worker.math;

import static io.unroll.worker.math.Functions.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Functions} for vectors: the same steps in the same order, so the same bits. */
final class VectorFunctions {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private VectorFunctions() {}

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  static FloatVector tanh(FloatVector value) {
    FloatVector x = value.min(constant(TANH_BOUND)).max(constant(-TANH_BOUND));
    FloatVector x2 = x.mul(x);
    FloatVector p = x2.fma(constant(A13), constant(A11));
    p = x2.fma(p, constant(A9));
    p = x2.fma(p, constant(A7));
    p = x2.fma(p, constant(A5));
    p = x2.fma(p, constant(A3));
    p = x2.fma(p, constant(A1));
    FloatVector q = x2.fma(constant(B6), constant(B4));
    q = x2.fma(q, constant(B2));
    q = x2.fma(q, constant(B0));
    return x.mul(p).div(q);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector half = constant(0.5f);
    return half.fma(tanh(half.mul(x)), half);
  }

  static FloatVector exp(FloatVector value) {
    FloatVector x = value.min(constant(EXP_MAX)).max(constant(EXP_MIN));
    FloatVector rounded = x.fma(constant(LOG2_E), constant(ROUNDER));
    FloatVector n = rounded.sub(constant(ROUNDER));
    FloatVector r = n.fma(constant(-LN2_LOW), n.fma(constant(-LN2_HIGH), x));
    FloatVector p = r.fma(constant(P0), constant(P1));
    p = r.fma(p, constant(P2));
    p = r.fma(p, constant(P3));
    p = r.fma(p, constant(P4));
    p = r.fma(p, constant(P5));
    FloatVector y = p.fma(r.mul(r), r).add(constant(1f));
    FloatVector power =
        rounded
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, 23)
            .add(ONE_BITS)
            .reinterpretAsFloats();
    return y.mul(power);
  }
}
