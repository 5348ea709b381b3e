package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

/**
 * Leaves the parameters as they are and adds up what their gradients are like: v ← v + g². Slot 0
 * is v, of which {@link DynamicUpdate} makes the root of the mean square.
 */
public record SquaredGradients() implements Optimizer {
  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void update(
      Share share, float[] parameters, Gradient gradient, float[] state, Update update) {
    float[] g = gradient.values();
    float scale = update.scale();
    Range range = share.elements(g.length);
    for (int x = range.from(); x < range.to(); x++) {
      float scaled = scale * g[x];
      state[x] += scaled * scaled;
    }
  }
}
