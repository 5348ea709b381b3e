package io.unroll.worker.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Updates} by vectors, with the operations of {@link PlainUpdates} in the same order. */
interface VectorUpdates extends PlainUpdates {
  VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  int LANES = SPECIES.length();

  private static FloatVector load(float[] values, int offset) {
    return FloatVector.fromArray(SPECIES, values, offset);
  }

  private static int end(int from, int to) {
    return from + SPECIES.loopBound(to - from);
  }

  @Override
  default void sgd(int from, int to, float[] p, float[] g, float gamma, float eta) {
    int end = end(from, to);
    for (int i = from; i < end; i += LANES) {
      load(p, i).sub(load(g, i).mul(gamma).mul(eta)).intoArray(p, i);
    }
    PlainUpdates.super.sgd(end, to, p, g, gamma, eta);
  }

  @Override
  default void momentum(
      int from, int to, float[] p, float[] g, float gamma, float[] v, float mu, float eta) {
    int end = end(from, to);
    for (int i = from; i < end; i += LANES) {
      FloatVector velocity = load(v, i).mul(mu).add(load(g, i).mul(gamma));
      velocity.intoArray(v, i);
      load(p, i).sub(velocity.mul(eta)).intoArray(p, i);
    }
    PlainUpdates.super.momentum(end, to, p, g, gamma, v, mu, eta);
  }

  @Override
  default void nesterov(
      int from, int to, float[] p, float[] g, float gamma, float[] v, float mu, float eta) {
    int end = end(from, to);
    for (int i = from; i < end; i += LANES) {
      FloatVector x = load(g, i).mul(gamma);
      FloatVector velocity = load(v, i).mul(mu).add(x);
      velocity.intoArray(v, i);
      load(p, i).sub(x.add(velocity.mul(mu)).mul(eta)).intoArray(p, i);
    }
    PlainUpdates.super.nesterov(end, to, p, g, gamma, v, mu, eta);
  }

  @Override
  default void rmsProp(
      int from, int to, float[] p, float[] g, float gamma, float[] v, RmsPropFactors factors) {
    float keep = factors.keep();
    float take = factors.take();
    float eta = factors.eta();
    float epsilon = factors.epsilon();
    int end = end(from, to);
    for (int i = from; i < end; i += LANES) {
      FloatVector x = load(g, i).mul(gamma);
      FloatVector square = load(v, i).mul(keep).add(x.mul(take).mul(x));
      square.intoArray(v, i);
      load(p, i).sub(x.mul(eta).div(square.sqrt().add(epsilon))).intoArray(p, i);
    }
    PlainUpdates.super.rmsProp(end, to, p, g, gamma, v, factors);
  }

  @Override
  default void adam(
      int from, int to, float[] p, float[] g, float gamma, float[] moments, AdamFactors factors) {
    float take1 = factors.take1();
    float keep2 = factors.keep2();
    float take2 = factors.take2();
    float root = factors.root();
    float eta = factors.eta();
    float epsilon = factors.epsilon();
    int end = end(from, to);
    int second = p.length;
    for (int i = from; i < end; i += LANES) {
      FloatVector x = load(g, i).mul(gamma);
      FloatVector before = load(moments, i);
      FloatVector mean = before.add(x.sub(before).mul(take1));
      FloatVector square = load(moments, second + i).mul(keep2).add(x.mul(take2).mul(x));
      mean.intoArray(moments, i);
      square.intoArray(moments, second + i);
      FloatVector change = mean.mul(eta).div(square.sqrt().div(root).add(epsilon));
      load(p, i).sub(change).intoArray(p, i);
    }
    PlainUpdates.super.adam(end, to, p, g, gamma, moments, factors);
  }
}
