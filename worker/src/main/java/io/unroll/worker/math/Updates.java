package io.unroll.worker.math;

/**
 * Parameter updates of the optimisers for elements from … to-1: p parameters, g gradient, γ the
 * factor that clips it, η learning rate. Every operation is rounded by itself, in the order of the
 * formula. Formulas and sources are with the optimisers.
 */
public interface Updates {
  /** p ← p - η (γ g). */
  void sgd(int from, int to, float[] p, float[] g, float gamma, float eta);

  /** v ← µ v + γ g; p ← p - η v. */
  void momentum(
      int from, int to, float[] p, float[] g, float gamma, float[] v, float mu, float eta);

  /** v ← µ v + γ g; p ← p - η (γ g + µ v). */
  void nesterov(
      int from, int to, float[] p, float[] g, float gamma, float[] v, float mu, float eta);

  /**
   * The numbers in {@link #rmsProp} that are equal for all parameters.
   *
   * @param keep share of v that is kept
   * @param take share of the square that is added
   * @param eta η
   * @param epsilon ε
   */
  record RmsPropFactors(float keep, float take, float eta, float epsilon) {}

  /** v ← keep v + take (γ g)²; p ← p - η γ g / (√v + ε). */
  void rmsProp(
      int from, int to, float[] p, float[] g, float gamma, float[] v, RmsPropFactors factors);

  /**
   * The numbers in {@link #adam} that are equal for all parameters.
   *
   * @param take1 share of the gradient in m
   * @param keep2 share of v that is kept
   * @param take2 share of the square that is added
   * @param root what √v is divided by
   * @param eta η
   * @param epsilon ε
   */
  record AdamFactors(float take1, float keep2, float take2, float root, float eta, float epsilon) {}

  /**
   * m ← m + take1 (γ g - m); v ← keep2 v + take2 (γ g)²; p ← p - η m / (√v / root + ε).
   *
   * @param moments m of element i at i, v of element i at {@code p.length} + i
   */
  void adam(
      int from, int to, float[] p, float[] g, float gamma, float[] moments, AdamFactors factors);
}
