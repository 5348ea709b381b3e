package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.Spans;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

/**
 * Stochastic gradient descent: p ← p - η g. As {@code torch.optim.SGD}. What has no gradient is not
 * looked at.
 */
public record Sgd() implements Optimizer {
  @Override
  public int slots() {
    return 0;
  }

  @Override
  public void update(
      Share share, float[] parameters, Gradient gradient, float[] state, Update update) {
    Spans spans = gradient.spans();
    float eta = (float) update.learningRate();
    for (int s = 0; s < spans.count(); s++) {
      Range range = share.elements(spans.to(s) - spans.from(s));
      int from = spans.from(s) + range.from();
      int to = spans.from(s) + range.to();
      share.kernels().sgd(from, to, parameters, gradient.values(), update.scale(), eta);
    }
  }
}
