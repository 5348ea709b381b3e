package io.unroll.worker.model;

import java.util.Arrays;

/**
 * The part of a recurrent layer that does not depend on time: gates = x W_ih^T + bias for all T·B
 * rows by one product, and its gradients likewise.
 *
 * <p>Letters: T steps, B sequences, D inputs, G gate rows.
 */
final class GateInputs {
  private final Signal input;
  private final Linear weight;
  private final Bias bias;
  private final int gateRows;

  /** The biases that are added together with the input product, by name. */
  GateInputs(Blueprint blueprint, int layer, Signal input, String... biases) {
    this.input = input;
    this.weight = blueprint.linear("rnn.weight_ih_l" + layer);
    this.bias = new Bias(blueprint, biases);
    this.gateRows = blueprint.architecture().cell().gates() * blueprint.architecture().hidden();
  }

  void use(float[] parameters) {
    weight.use(parameters);
    bias.use(parameters);
  }

  /**
   * @param gates (T, B, G); overwritten
   */
  void forward(int time, int batch, float[] gates) {
    bias.fill(time * batch, gates);
    weight.addProduct(time * batch, input.values(), input.offset(0, batch), gates, 0, gateRows);
  }

  /**
   * Overwrites the gradient of the input signal, and adds to those of weight and bias.
   *
   * @param dGates gradient by the gates, (T, B, G); not modified
   */
  void backward(int time, int batch, float[] dGates, float[] gradient) {
    int rows = time * batch;
    int from = input.offset(0, batch);
    weight.addWeightGradient(rows, dGates, 0, gateRows, input.values(), from, gradient);
    bias.addGradient(rows, dGates, gradient);
    Arrays.fill(input.gradient(), from, from + rows * input.size(), 0f);
    weight.addInputGradient(rows, dGates, 0, gateRows, input.gradient(), from);
  }
}
