package io.unroll.worker.layer;

/**
 * The part of a recurrent layer that does not depend on its own state: what one of its inputs adds
 * to the gates of all T·B rows, x W_ih^T, and its gradients likewise. The first input brings the
 * bias along.
 *
 * <p>Letters: T steps, B sequences, G gate rows.
 */
sealed interface GateInputs permits SignalInputs, TokenInputs, AddedInputs, ConstantInputs {
  /** Of the first input: the gates begin with it. */
  static GateInputs first(Blueprint blueprint, LayerInput input, Linear linear) {
    if (input instanceof Embedding embedding) {
      return new TokenInputs(blueprint, embedding, linear);
    }
    if (input instanceof Signal signal) {
      return new SignalInputs(blueprint.cores(), signal, linear);
    }
    throw new IllegalArgumentException("A recurrent layer cannot read this first: " + input);
  }

  /** Of a further input, which is added to what is there. */
  static GateInputs further(Blueprint blueprint, LayerInput input, Weight weight) {
    if (input instanceof Signal signal) {
      return new AddedInputs(blueprint.cores(), signal, weight);
    }
    if (input instanceof EveryStep everyStep) {
      return new ConstantInputs(blueprint, everyStep.vector(), weight);
    }
    throw new IllegalArgumentException("A recurrent layer cannot read this last: " + input);
  }

  void use(float[] parameters);

  /**
   * Computes what the input adds to the gates of a window.
   *
   * @param gates (T, B, G); overwritten by the first input, added to by the others
   */
  void forward(Pass pass, float[] gates);

  /**
   * Adds to the gradient of what is read.
   *
   * @param dGates gradient by the gates, (T, B, G); not modified
   */
  void backward(Pass pass, float[] dGates);

  /** Adds to the gradients of weight and bias. */
  void accumulate(Pass pass, float[] dGates, float[] gradient);
}
