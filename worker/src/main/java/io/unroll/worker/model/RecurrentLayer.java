package io.unroll.worker.model;

/**
 * One recurrent layer over a window: reads its input (T, B, D), writes its output signal (T, B, H).
 * Buffers of the forward pass are kept for the backward pass of the same window.
 */
sealed interface RecurrentLayer permits RnnLayer, LstmLayer, GruLayer, GruResetAfterLayer {
  static RecurrentLayer of(Blueprint blueprint, int layer, LayerInput input) {
    return switch (blueprint.architecture().cell()) {
      case RNN -> new RnnLayer(blueprint, layer, input);
      case LSTM -> new LstmLayer(blueprint, layer, input);
      case GRU -> new GruLayer(blueprint, layer, input);
      case GRU_RESET_AFTER -> new GruResetAfterLayer(blueprint, layer, input);
    };
  }

  Signal output();

  /** Takes new parameters. */
  void use(float[] parameters);

  /**
   * Runs over the window.
   *
   * @param state the layer's part (states, B, H) begins at stateOffset: read, then replaced by the
   *     state after the last step
   */
  void forward(int time, int batch, float[] state, int stateOffset);

  /**
   * Gradients of the window that ran forward last. The gradient is cut at the beginning of the
   * window.
   *
   * <p>The gradient by the output comes in with the output signal and is modified: what flows back
   * through time is added. The gradient of the input signal is overwritten.
   *
   * @param gradient flat gradient; the layer's part is added to
   */
  void backward(int time, int batch, float[] gradient);
}
