package io.unroll.driver.dl4j;

import io.unroll.driver.dl4j.gru.Gru;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * One network on both sides: Deeplearning4j's configuration and parameters, Unroll's {@link
 * LanguageArchitecture} and parameters in its {@link ParameterLayout}. Both compute the same
 * probabilities, within the rounding of float.
 *
 * <pre>
 * Deeplearning4j                            Unroll
 * EmbeddingSequenceLayer W (V, E)           embedding.weight (V, E)
 *   or a one-hot input of V numbers           the identity (V, V), so E = V
 * LSTM, SimpleRnn: W (in, gates·H)          rnn.weight_ih_lK (gates·H, in)
 *                  RW (H, gates·H)          rnn.weight_hh_lK (gates·H, H)
 *                  b (gates·H)              rnn.bias_ih_lK + rnn.bias_hh_lK
 * Gru, reset before the product: as these two
 * Gru, reset after the product: b (2·3H)    rnn.bias_ih_lK, rnn.bias_hh_lK
 * RnnOutputLayer W (H, V), b (V)            output.weight (V, H), output.bias (V)
 * </pre>
 *
 * <p>Gates are put into the order of each side. What only matters in training (updater,
 * regularisation, gradient normalisation, weight noise, constraints, length of truncated BPTT) is
 * not looked at, except for dropout, which is part of an architecture. Immutable as long as nobody
 * changes the configuration.
 */
public final class NetworkMapping {
  private final MultiLayerConfiguration configuration;
  private final LanguageArchitecture architecture;
  private final boolean oneHot;
  private final ParameterMapping parameters;

  private NetworkMapping(
      MultiLayerConfiguration configuration, LanguageArchitecture architecture, boolean oneHot) {
    this.configuration = configuration;
    this.architecture = architecture;
    this.oneHot = oneHot;
    this.parameters = new ParameterMapping(architecture, oneHot);
  }

  /**
   * The mapping of a network.
   *
   * @param configuration an optional EmbeddingSequenceLayer without bias, one or more LSTM,
   *     SimpleRnn or {@link Gru} of one size with tanh (and sigmoid for gates), RnnOutputLayer with
   *     softmax and cross entropy; all in float; not modified
   * @throws UnmappableNetworkException if it has anything else, naming layer and option
   */
  public static NetworkMapping of(MultiLayerConfiguration configuration) {
    NetworkReader.Result result = NetworkReader.read(configuration);
    return new NetworkMapping(configuration, result.architecture(), result.oneHot());
  }

  /**
   * The mapping of a model to a network with an embedding layer. Tied weights become two copies of
   * one weight.
   */
  public static NetworkMapping of(LanguageArchitecture architecture) {
    return new NetworkMapping(NetworkWriter.write(architecture), architecture, false);
  }

  /** Deeplearning4j's side; not a copy. */
  public MultiLayerConfiguration configuration() {
    return configuration;
  }

  /** Unroll's side. */
  public LanguageArchitecture architecture() {
    return architecture;
  }

  /** Whether the network takes one-hot vectors, not indices. */
  public boolean oneHot() {
    return oneHot;
  }

  /** Whether the network's recurrent layers have our two biases; else they have their sum. */
  boolean twoBiases() {
    return RecurrentKind.of(architecture.cell()).twoBiases();
  }

  /** Number of parameters that the network has. */
  public int networkSize() {
    return parameters.networkSize();
  }

  /** Number of parameters that the model has. */
  public int modelSize() {
    return parameters.modelSize();
  }

  /**
   * Parameters of the network as those of the model. A bias becomes {@code bias_ih}, and {@code
   * bias_hh} is 0; the embedding of a one-hot input is the identity.
   *
   * @param network as in {@code MultiLayerNetwork.params()}, {@link #networkSize()} numbers; not
   *     modified
   * @return a new array in the architecture's {@link ParameterLayout}
   * @throws IllegalArgumentException if the number of parameters is another one
   * @throws UnsupportedOperationException if the architecture ties weights, which a network cannot
   */
  public float[] toModel(float[] network) {
    checkSize("network", networkSize(), network);
    if (architecture.tieWeights()) {
      throw new UnsupportedOperationException(
          "Cannot map parameters to a model with tied weights: a network has two weights");
    }
    return parameters.toModel(network);
  }

  /**
   * Parameters of the model as those of the network. Two biases become their sum; an embedding
   * before a one-hot input's layer is multiplied into its weight, which changes nothing as long as
   * it is the identity.
   *
   * @param model in the architecture's {@link ParameterLayout}; not modified
   * @return a new array for {@code MultiLayerNetwork.setParams}
   * @throws IllegalArgumentException if the number of parameters is another one
   */
  public float[] toNetwork(float[] model) {
    checkSize("model", modelSize(), model);
    return parameters.toNetwork(model);
  }

  private static void checkSize(String side, int expected, float[] values) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot map %d parameters: the %s has %d",
              values.length,
              side,
              expected));
    }
  }
}
