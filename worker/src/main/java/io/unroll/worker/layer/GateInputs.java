package io.unroll.worker.layer;

/**
 * The part of a recurrent layer that does not depend on time: gates = x W_ih^T + bias for all T·B
 * rows, and its gradients likewise.
 *
 * <p>Letters: T steps, B sequences, G gate rows.
 */
sealed interface GateInputs permits SignalInputs, TokenInputs {
  static GateInputs of(Blueprint blueprint, LayerInput input, Linear linear) {
    if (input instanceof Embedding embedding) {
      return new TokenInputs(blueprint, embedding, linear);
    }
    return new SignalInputs(blueprint.cores(), (Signal) input, linear);
  }

  void use(float[] parameters);

  /**
   * Computes what the input adds to the gates of a window.
   *
   * @param gates (T, B, G); overwritten
   */
  void forward(Axis axis, float[] gates);

  /**
   * Adds to the gradient of what is read.
   *
   * @param dGates gradient by the gates, (T, B, G); not modified
   */
  void backward(Axis axis, float[] dGates);

  /** Adds to the gradients of weight and bias. */
  void accumulate(Axis axis, float[] dGates, float[] gradient);
}
