package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Locale;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Network and model say the same of a hundred random sequences, from the first step to the last.
 */
class ParityTest {
  /** Some ten roundings of float in each of up to 20 steps. */
  private static final double TOLERANCE = 1e-5;

  /** A hundred sequences: five each of 1 to 20 steps. */
  private static final int LONGEST = 20;

  private static final int BATCH = 5;

  static Stream<Arguments> architectures() {
    return Stream.of(Cell.values())
        .flatMap(
            cell ->
                Stream.of(1, 2, 3).map(layers -> Arguments.of(cell.key(), layers, layers == 2)));
  }

  @ParameterizedTest(name = "{0}, {1} layers, tied weights: {2}")
  @MethodSource("architectures")
  void holdsForModelsAsNetworks(String cell, int layers, boolean tied) {
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.of(cell), 11, tied ? 6 : 5, 6, layers, 0, tied);
    NetworkMapping mapping = NetworkMapping.of(architecture);
    float[] model = Probabilities.parameters(mapping.modelSize(), layers);
    MultiLayerNetwork network = network(mapping.configuration(), mapping.toNetwork(model));
    assertSame(architecture, model, network, false);
  }

  static Stream<Arguments> networks() {
    return Stream.of("rnn", "lstm", "gru", "gru-reset-after")
        .flatMap(
            cell ->
                Stream.of(1, 2, 3)
                    .flatMap(
                        layers ->
                            Stream.of(
                                Arguments.of(cell, layers, false),
                                Arguments.of(cell, layers, true))));
  }

  @ParameterizedTest(name = "{0}, {1} layers, one-hot: {2}")
  @MethodSource("networks")
  void holdsForNetworksAsModels(String cell, int layers, boolean oneHot) {
    MultiLayerConfiguration configuration = NetworkExamples.network(cell, layers, oneHot).build();
    NetworkMapping mapping = NetworkMapping.of(configuration);
    float[] parameters = Probabilities.parameters(mapping.networkSize(), layers);
    MultiLayerNetwork network = network(configuration, parameters);
    float[] model = mapping.toModel(parameters);
    assertSame(mapping.architecture(), model, network, oneHot);
    assertArrayEquals(parameters, mapping.toNetwork(model), "and back, bit for bit");
  }

  private static MultiLayerNetwork network(
      MultiLayerConfiguration configuration, float[] parameters) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.setParams(Nd4j.create(parameters, 1, parameters.length));
    return network;
  }

  private static void assertSame(
      LanguageArchitecture architecture, float[] model, MultiLayerNetwork network, boolean oneHot) {
    for (int length = 1; length <= LONGEST; length++) {
      int[][] tokens = Probabilities.tokens(length, BATCH, architecture.vocabulary(), length);
      double[][] expected = Probabilities.ofModel(architecture, model, tokens);
      double[][] whole = Probabilities.ofNetwork(network, oneHot, tokens);
      double[][] streamed = Probabilities.streamed(network, oneHot, tokens, 1 + length % 3);
      for (int t = 0; t < length; t++) {
        String step = String.format(Locale.ROOT, "step %d of %d", t, length);
        assertArrayEquals(expected[t], whole[t], TOLERANCE, step);
        assertArrayEquals(expected[t], streamed[t], TOLERANCE, "streamed, " + step);
      }
    }
  }
}
