package io.unroll.worker.layer;

import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * Lets attention look at every step of a source about once in the course of a text ("doubly
 * stochastic attention", Xu et al. 2015, equation 14): training adds to the loss of a text
 *
 * <pre>
 * λ Σ_s (1 - Σ_t α(t, s))²
 * </pre>
 *
 * <p>Letters: T steps of the text, B sequences, S steps of the source.
 */
final class Coverage {
  private final Blueprint blueprint;
  private final double factor;
  private final int longest;

  /** (B, S): gradient by α(t, s), which is the same for all t. */
  private final float[] gradients;

  /**
   * Allocates it.
   *
   * @param factor λ
   * @param longest most steps of a source
   */
  Coverage(Blueprint blueprint, double factor, Axis capacity, int longest) {
    this.blueprint = blueprint;
    this.factor = factor;
    this.longest = longest;
    this.gradients = new float[capacity.batch() * longest];
  }

  /**
   * Sums the weights of each text, as far as it goes.
   *
   * @param weights (T, B, S): α, rows of the longest source
   */
  void measure(Pass pass, float[] weights) {
    double scale = -2 * factor / pass.sources().predictions();
    blueprint
        .cores()
        .run(
            share -> {
              Range rows = share.rows(pass.axis().batch());
              for (int b = rows.from(); b < rows.to(); b++) {
                measure(pass, weights, b, scale);
              }
            });
  }

  private void measure(Pass pass, float[] weights, int b, double scale) {
    int batch = pass.axis().batch();
    int steps = pass.sources().axis().length(b);
    double[] seen = new double[steps];
    for (int t = 0; t < pass.sources().text(b); t++) {
      for (int s = 0; s < steps; s++) {
        seen[s] += weights[(t * batch + b) * longest + s];
      }
    }
    Arrays.setAll(seen, s -> scale * (1 - seen[s]));
    for (int s = 0; s < steps; s++) {
      gradients[b * longest + s] = (float) seen[s];
    }
  }

  /** Adds the gradient by α of a step of a text. */
  void add(Pass pass, int step, int b, float[] change) {
    if (step < pass.sources().text(b)) {
      for (int s = 0; s < pass.sources().axis().length(b); s++) {
        change[s] += gradients[b * longest + s];
      }
    }
  }
}
