package io.unroll.worker.layer;

import io.unroll.worker.math.Functions;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Range;

/**
 * How much of what attention found is let through: β = σ(w · h' + b), by the state h' before a step
 * (Xu et al. 2015, section 4.2.1).
 *
 * <p>Letters: T steps, B sequences, H units of the state.
 */
public final class ContextGate {
  /** What its tensors' names begin with. */
  public static final String NAME = "attention.gate";

  /** w (1, H). */
  static final String WEIGHT = NAME + ".weight";

  /** b (1). */
  static final String BIAS = NAME + ".bias";

  private final Blueprint blueprint;
  private final int hidden;
  private final int weight;
  private final int bias;

  /** (T, B): β. */
  private final float[] values;

  /** (T, B): gradient by w · h' + b. */
  private final float[] gradients;

  private float[] parameters;

  /** Declares {@code attention.gate.weight} (1, H) and {@code attention.gate.bias} (1). */
  static void declare(ParameterLayout.Builder layout, int hidden) {
    layout.matrix(WEIGHT, 1, hidden, InitialValues.uniform(1 / Math.sqrt(hidden)));
    layout.vector(BIAS, 1, InitialValues.zero());
  }

  ContextGate(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.hidden = blueprint.layout().tensor(WEIGHT).columns();
    this.weight = blueprint.layout().tensor(WEIGHT).offset();
    this.bias = blueprint.layout().tensor(BIAS).offset();
    this.values = blueprint.buffer(1);
    this.gradients = blueprint.buffer(1);
  }

  void use(float[] newParameters) {
    parameters = newParameters;
  }

  /**
   * β of a row, which is kept for the way back.
   *
   * @param h h' of the row
   */
  float open(Kernels kernels, int row, Matrix h) {
    float sum = kernels.dot(hidden, h.values(), h.at(0), parameters, weight);
    values[row] = Functions.sigmoid(sum + parameters[bias]);
    return values[row];
  }

  /** β of a row of the last forward pass. */
  float value(int row) {
    return values[row];
  }

  /**
   * Backward through a row.
   *
   * @param change gradient by β
   */
  void backward(int row, float change) {
    gradients[row] = change * values[row] * (1 - values[row]);
  }

  /** Adds the gradient by h' of a row. */
  void addStateGradient(Kernels kernels, int row, Matrix dh) {
    kernels.addMultiple(hidden, gradients[row], parameters, weight, dh.values(), dh.at(0));
  }

  /**
   * Adds to the gradients by w and b, after all steps.
   *
   * @param h (T, B, H): h' of all steps
   */
  void accumulate(int rows, Matrix h, float[] gradient) {
    blueprint
        .cores()
        .run(
            share -> {
              Range units = share.elements(hidden);
              for (int row = 0; row < rows; row++) {
                int from = h.at(row) + units.from();
                int to = weight + units.from();
                share
                    .kernels()
                    .addMultiple(units.size(), gradients[row], h.values(), from, gradient, to);
              }
            });
    for (int row = 0; row < rows; row++) {
      gradient[bias] += gradients[row];
    }
  }
}
