package io.unroll.worker.model;

/**
 * The part of a recurrent layer that does not depend on time: gates = x W_ih^T + bias for all T·B
 * rows, and its gradients likewise.
 *
 * <p>Letters: T steps, B sequences, G gate rows.
 */
sealed interface GateInputs permits SignalInputs, TokenInputs {
  /**
   * For what the layer reads.
   *
   * @param biases names of those that are added together with the input product
   */
  static GateInputs of(Blueprint blueprint, int layer, LayerInput input, String... biases) {
    Linear weight = blueprint.linear("rnn.weight_ih_l" + layer);
    Bias bias = new Bias(blueprint, biases);
    if (input instanceof Embedding embedding) {
      return new TokenInputs(blueprint, embedding, weight, bias);
    }
    return new SignalInputs((Signal) input, weight, bias);
  }

  void use(float[] parameters);

  /**
   * Computes what the input adds to the gates of a window.
   *
   * @param gates (T, B, G); overwritten
   */
  void forward(int time, int batch, float[] gates);

  /**
   * Overwrites the gradient of what is read, and adds to those of weight and bias.
   *
   * @param dGates gradient by the gates, (T, B, G); not modified
   */
  void backward(int time, int batch, float[] dGates, float[] gradient);
}
