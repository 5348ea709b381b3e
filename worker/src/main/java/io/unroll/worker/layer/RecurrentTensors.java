package io.unroll.worker.layer;

/**
 * The names of the tensors of one recurrent layer, which are PyTorch's.
 *
 * @param prefix of the stack that the layer belongs to, such as {@code rnn}
 * @param layer number of the layer, from 0
 * @param reverse whether the layer reads from the end
 */
public record RecurrentTensors(String prefix, int layer, boolean reverse) {
  /** The stack over the tokens, or vectors, that a model reads. */
  public static final String STACK = "rnn";

  private static final String RECURRENT_WEIGHT = "weight_hh";

  /** A layer of the main stack that reads forward. */
  public static RecurrentTensors of(int layer) {
    return new RecurrentTensors(STACK, layer, false);
  }

  /** W_ih (G, D). */
  public String inputWeight() {
    return name("weight_ih");
  }

  /** W_hh (G, H). */
  public String recurrentWeight() {
    return name(RECURRENT_WEIGHT);
  }

  /** b_ih (G). */
  public String inputBias() {
    return name("bias_ih");
  }

  /** b_hh (G). */
  public String recurrentBias() {
    return name("bias_hh");
  }

  /** Whether a tensor of that name is a {@link #recurrentWeight} of some layer. */
  static boolean isRecurrentWeight(String name) {
    return name.contains("." + RECURRENT_WEIGHT + "_l");
  }

  private String name(String kind) {
    return prefix + "." + kind + "_l" + layer + (reverse ? "_reverse" : "");
  }
}
