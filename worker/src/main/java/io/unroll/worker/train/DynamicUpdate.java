package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;
import java.util.Locale;

/**
 * The update of dynamic evaluation (Krause, Kahembwe, Murray and Renals 2018, equations 6 to 8), by
 * which a model goes on learning from the text that it is measured on:
 *
 * <pre>
 * p ← p + min(1, λ s/s̄) (p₀ - p) - η g / (s + ε)
 * </pre>
 *
 * <p>p₀ are the parameters as trained, s the root of the mean square of each one's gradients on the
 * training text, and s̄ the mean over all tensors of the mean of s in each. What the gradient moves
 * most returns fastest. Slot 0 is 1/(s + ε), slot 1 min(1, λ s/s̄), slot 2 p₀; {@link #state} makes
 * them.
 *
 * @param decay λ, at least 0
 * @param epsilon ε > 0
 */
public record DynamicUpdate(double decay, double epsilon) implements Optimizer {
  private static final int SLOTS = 3;

  public DynamicUpdate {
    if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid decay of dynamic evaluation: " + decay + " (expected at least 0)");
    }
    OptimizerChecks.positive("epsilon", epsilon);
  }

  @Override
  public int slots() {
    return SLOTS;
  }

  /**
   * The state before the first step.
   *
   * @param parameters p₀
   * @param squares what {@link SquaredGradients} added up
   * @param steps how many gradients that were, at least 1
   */
  public float[] state(ParameterLayout layout, float[] parameters, float[] squares, long steps) {
    int size = parameters.length;
    if (squares.length != size || layout.size() != size || steps < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot begin with %d parameters, %d squares of %d gradients and a layout of %d",
              size,
              squares.length,
              steps,
              layout.size()));
    }
    double mean = meanOfTensors(layout, squares, steps);
    float[] state = new float[SLOTS * size];
    for (int x = 0; x < size; x++) {
      double root = root(squares[x], steps);
      state[x] = (float) (1 / (root + epsilon));
      state[size + x] = (float) Math.min(1, decay == 0 ? 0 : decay * root / mean);
      state[2 * size + x] = parameters[x];
    }
    return state;
  }

  private static double meanOfTensors(ParameterLayout layout, float[] squares, long steps) {
    double sum = 0;
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      double roots = 0;
      for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
        roots += root(squares[x], steps);
      }
      sum += roots / tensor.size();
    }
    // Without any gradient nothing returns, whatever it is divided by.
    return sum == 0 ? 1 : sum / layout.tensors().size();
  }

  private static double root(float square, long steps) {
    return Math.sqrt((double) square / steps);
  }

  @Override
  public void update(
      Share share, float[] parameters, Gradient gradient, float[] state, Update update) {
    float[] g = gradient.values();
    int size = g.length;
    float eta = (float) update.learningRate() * update.scale();
    Range range = share.elements(size);
    for (int x = range.from(); x < range.to(); x++) {
      float p = parameters[x];
      float back = state[size + x] * (state[2 * size + x] - p);
      parameters[x] = p + (back - eta * g[x] * state[x]);
    }
  }
}
