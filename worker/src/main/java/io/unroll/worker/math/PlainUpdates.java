package io.unroll.worker.math;

/** {@link Updates} as plain loops. */
interface PlainUpdates extends Updates {
  @Override
  default void sgd(int from, int to, float[] p, float[] g, float gamma, float eta) {
    for (int i = from; i < to; i++) {
      p[i] -= eta * (gamma * g[i]);
    }
  }

  @Override
  default void momentum(
      int from, int to, float[] p, float[] g, float gamma, float[] v, float mu, float eta) {
    for (int i = from; i < to; i++) {
      v[i] = mu * v[i] + gamma * g[i];
      p[i] -= eta * v[i];
    }
  }

  @Override
  default void nesterov(
      int from, int to, float[] p, float[] g, float gamma, float[] v, float mu, float eta) {
    for (int i = from; i < to; i++) {
      float x = gamma * g[i];
      v[i] = mu * v[i] + x;
      p[i] -= eta * (x + mu * v[i]);
    }
  }

  @Override
  default void rmsProp(
      int from, int to, float[] p, float[] g, float gamma, float[] v, RmsPropFactors factors) {
    float keep = factors.keep();
    float take = factors.take();
    float eta = factors.eta();
    float epsilon = factors.epsilon();
    for (int i = from; i < to; i++) {
      float x = gamma * g[i];
      v[i] = keep * v[i] + take * x * x;
      p[i] -= eta * x / ((float) Math.sqrt(v[i]) + epsilon);
    }
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
    int second = p.length;
    for (int i = from; i < to; i++) {
      float x = gamma * g[i];
      float mean = moments[i] + take1 * (x - moments[i]);
      float square = keep2 * moments[second + i] + take2 * x * x;
      moments[i] = mean;
      moments[second + i] = square;
      p[i] -= eta * mean / ((float) Math.sqrt(square) / root + epsilon);
    }
  }
}
