package io.unroll.worker.train;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.math.Spans;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the gradient of an {@link Objective} from that of a window's mean loss. */
final class ObjectiveGradient {
  private final Objective.Mean mean;
  private final Map<Tensor, Float> decay = new LinkedHashMap<>();
  private final List<Tensor> frozen;

  /**
   * @throws java.util.NoSuchElementException if the objective names a tensor that is not there
   */
  ObjectiveGradient(Objective objective, ParameterLayout layout) {
    this.mean = objective.mean();
    this.frozen = objective.frozen().stream().sorted().map(layout::tensor).toList();
    objective.decay().keySet().stream()
        .filter(name -> !objective.frozen().contains(name))
        .sorted()
        .forEach(name -> decay.put(layout.tensor(name), objective.decay().get(name).floatValue()));
  }

  /**
   * Changes a gradient in place.
   *
   * @param gradient of the mean loss over the window's predictions
   */
  void shape(Window window, float[] parameters, Gradient gradient) {
    float[] g = gradient.values();
    if (mean == Objective.Mean.SEQUENCES) {
      scale(g, gradient.spans(), (float) window.predictions() / window.batch());
    }
    if (!decay.isEmpty()) {
      // Rows of the embedding that the window did not use decay as well.
      gradient.spans().clear();
      gradient.spans().add(0, g.length);
    }
    decay.forEach(
        (tensor, lambda) -> {
          for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
            g[x] += lambda * parameters[x];
          }
        });
    frozen.forEach(tensor -> Arrays.fill(g, tensor.offset(), tensor.offset() + tensor.size(), 0f));
  }

  private static void scale(float[] g, Spans spans, float factor) {
    for (int s = 0; s < spans.count(); s++) {
      for (int x = spans.from(s); x < spans.to(s); x++) {
        g[x] *= factor;
      }
    }
  }
}
