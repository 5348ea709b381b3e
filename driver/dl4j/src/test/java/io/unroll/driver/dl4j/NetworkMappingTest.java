package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class NetworkMappingTest {
  @Test
  void readsSizesAndCell() {
    NetworkMapping embedded = NetworkMapping.of(NetworkExamples.network("lstm", 2, false).build());
    assertEquals(
        new LanguageArchitecture(Cell.LSTM, 7, 4, 5, 2, 0, false), embedded.architecture());
    assertFalse(embedded.oneHot());
    NetworkMapping oneHot = NetworkMapping.of(NetworkExamples.network("rnn", 1, true).build());
    assertEquals(new LanguageArchitecture(Cell.RNN, 7, 7, 5, 1, 0, false), oneHot.architecture());
    assertTrue(oneHot.oneHot());
  }

  @Test
  void givesNetworksThatReadAsTheArchitectureTheyWereMadeOf() {
    for (double dropout : new double[] {0, 0.1, 0.35, 0.5}) {
      LanguageArchitecture architecture =
          new LanguageArchitecture(Cell.LSTM, 11, 3, 6, 3, dropout, false);
      MultiLayerConfiguration written = NetworkMapping.of(architecture).configuration();
      MultiLayerConfiguration stored = MultiLayerConfiguration.fromJson(written.toJson());
      assertEquals(architecture, NetworkMapping.of(stored).architecture());
    }
  }

  @Test
  void countsTheParametersOfTheNetwork() {
    for (boolean oneHot : new boolean[] {false, true}) {
      MultiLayerConfiguration configuration = NetworkExamples.network("lstm", 2, oneHot).build();
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init();
      assertEquals(network.numParams(), NetworkMapping.of(configuration).networkSize());
    }
  }

  @Test
  void putsABiasIntoTheInputsAndAddsBothOnTheWayBack() {
    NetworkMapping mapping =
        NetworkMapping.of(new LanguageArchitecture(Cell.RNN, 2, 1, 1, 1, 0, false));
    // embedding (2, 1), W, RW, b, output (1, 2), its bias
    float[] network = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    float[] model = {1, 2, 3, 4, 5, 0, 6, 7, 8, 9};
    assertArrayEquals(model, mapping.toModel(network));
    model[5] = 0.5f;
    network[4] = 5.5f;
    assertArrayEquals(network, mapping.toNetwork(model));
  }

  @Test
  void takesAOneHotInputAsTheIdentityAndMultipliesAnyOtherEmbeddingIntoTheWeight() {
    NetworkMapping mapping = NetworkMapping.of(NetworkExamples.network("rnn", 1, true).build());
    ParameterLayout layout = LanguageModel.layout(mapping.architecture());
    float[] network = Probabilities.parameters(mapping.networkSize(), 1);
    float[] model = mapping.toModel(network);
    for (int k = 0; k < 49; k++) {
      assertEquals(k % 8 == 0 ? 1 : 0, model[k], "embedding " + k);
    }
    for (int k = 0; k < 49; k++) {
      model[k] *= 2;
    }
    float[] doubled = mapping.toNetwork(model);
    int weight = layout.tensor("rnn.weight_ih_l0").size();
    for (int k = 0; k < network.length; k++) {
      assertEquals(k < weight ? 2 * network[k] : network[k], doubled[k], "parameter " + k);
    }
  }

  @Test
  void refusesParametersOfAnotherNumber() {
    NetworkMapping mapping = NetworkMapping.of(NetworkExamples.network("rnn", 1, true).build());
    Throwable tooFew =
        assertThrows(IllegalArgumentException.class, () -> mapping.toModel(new float[3]));
    assertEquals("Cannot map 3 parameters: the network has 107", tooFew.getMessage());
    Throwable tooMany =
        assertThrows(IllegalArgumentException.class, () -> mapping.toNetwork(new float[200]));
    assertEquals("Cannot map 200 parameters: the model has 161", tooMany.getMessage());
  }

  @Test
  void refusesToTieTheWeightsOfANetwork() {
    NetworkMapping tied =
        NetworkMapping.of(new LanguageArchitecture(Cell.RNN, 7, 5, 5, 1, 0, true));
    Throwable refusal =
        assertThrows(
            UnsupportedOperationException.class, () -> tied.toModel(new float[tied.networkSize()]));
    assertEquals(
        "Cannot map parameters to a model with tied weights: a network has two weights",
        refusal.getMessage());
  }
}
