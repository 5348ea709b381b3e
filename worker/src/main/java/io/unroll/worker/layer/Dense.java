package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * y = tanh(x W^T + b), or without the tanh: the same for every step, whatever came before.
 *
 * <p>Letters: T steps, B sequences, D numbers of a step that are read, N that are said.
 */
public final class Dense implements Module {
  private final Cores cores;
  private final List<GateInputs> inputs = new ArrayList<>();
  private final Signal output;
  private final boolean squashed;

  /** (T, B, N): x W^T + b, then the gradient by it. */
  private final float[] sums;

  /**
   * Declares {@code NAME.weight} (N, D) and {@code NAME.bias} (N).
   *
   * @param inputs D
   * @param outputs N
   */
  public static void declare(ParameterLayout.Builder layout, String name, int inputs, int outputs) {
    layout.matrix(weight(name), outputs, inputs, InitialValues.uniform(1 / Math.sqrt(inputs)));
    layout.vector(bias(name), outputs, InitialValues.zero());
  }

  private Dense(
      Blueprint blueprint, String name, List<? extends LayerInput> inputs, boolean squashed) {
    Axis capacity = ((Signal) inputs.get(0)).capacity();
    int size = blueprint.layout().tensor(weight(name)).rows();
    this.cores = blueprint.cores();
    this.squashed = squashed;
    this.output = blueprint.signal(capacity, size);
    this.sums = new float[Blueprint.elements(capacity.time(), capacity.batch(), size)];
    int column = 0;
    for (LayerInput input : inputs) {
      Weight columns = blueprint.columns(weight(name), column, input.size());
      this.inputs.add(
          column == 0
              ? GateInputs.first(blueprint, input, blueprint.linear(columns, bias(name)))
              : GateInputs.further(blueprint, input, columns));
      column += input.size();
    }
  }

  /** Allocates y = tanh(x W^T + b), x being several inputs side by side, a signal first. */
  public static Dense tanh(Blueprint blueprint, String name, List<? extends LayerInput> inputs) {
    return new Dense(blueprint, name, inputs, true);
  }

  /** Allocates y = tanh(x W^T + b). */
  public static Dense tanh(Blueprint blueprint, String name, Signal input) {
    return tanh(blueprint, name, List.of(input));
  }

  /** Allocates y = x W^T + b. */
  public static Dense linear(Blueprint blueprint, String name, Signal input) {
    return new Dense(blueprint, name, List.of(input), false);
  }

  private static String weight(String name) {
    return name + ".weight";
  }

  private static String bias(String name) {
    return name + ".bias";
  }

  /** y (T, B, N). */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {
    inputs.forEach(input -> input.use(parameters));
  }

  @Override
  public void forward(Pass pass) {
    inputs.forEach(input -> input.forward(pass, sums));
    Matrix x = Matrix.of(sums, output.size());
    Matrix y = output.rows(pass.axis().batch());
    cores.run(
        share -> {
          Range rows = share.rows(output.rowsInUse(pass.axis()));
          int from = rows.from();
          if (squashed) {
            share.kernels().rnnForward(rows.size(), 0, output.size(), x.from(from), y.from(from));
          } else {
            System.arraycopy(sums, x.at(from), y.values(), y.at(from), rows.size() * output.size());
          }
        });
  }

  @Override
  public void backward(Pass pass) {
    Matrix dx = Matrix.of(sums, output.size());
    Matrix y = output.rows(pass.axis().batch());
    Matrix dy = output.gradients(pass.axis().batch());
    cores.run(
        share -> {
          Range rows = share.rows(output.rowsInUse(pass.axis()));
          int from = rows.from();
          int size = output.size();
          if (squashed) {
            share
                .kernels()
                .rnnBackward(rows.size(), 0, size, dy.from(from), y.from(from), dx.from(from));
          } else {
            System.arraycopy(dy.values(), dy.at(from), sums, dx.at(from), rows.size() * size);
          }
        });
    inputs.forEach(input -> input.backward(pass, sums));
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {
    inputs.forEach(input -> input.accumulate(pass, sums, gradient));
  }
}
