package io.unroll.driver.dl4j;

import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters of a network to those of a model and back. Deeplearning4j keeps every weight (in, out)
 * by columns, so it lies in memory as PyTorch's (out, in) by rows: but for the order of the gates,
 * only the embedding has to be turned.
 *
 * <p>Letters: V vocabulary, E embedding, H hidden units.
 */
final class ParameterMapping {
  /** Numbers that are the same, side by side, on both sides. */
  private record Block(int network, int model, int size) {}

  /** Their bias of one gate is the sum of our two. */
  private record Sum(int network, int input, int recurrent, int size) {}

  private final LanguageArchitecture architecture;
  private final boolean oneHot;
  private final ParameterLayout layout;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();

  private int networkSize;

  ParameterMapping(LanguageArchitecture architecture, boolean oneHot) {
    this.architecture = architecture;
    this.oneHot = oneHot;
    this.layout = LanguageModel.layout(architecture);
    RecurrentKind kind = RecurrentKind.of(architecture.cell());
    if (!oneHot) {
      networkSize = layout.tensor("embedding.weight").size();
    }
    for (int layer = 0; layer < architecture.layers(); layer++) {
      addWeight(
          kind,
          "rnn.weight_ih_l" + layer,
          architecture.stack().inputs(layer, architecture.embedding()));
      addWeight(kind, "rnn.weight_hh_l" + layer, architecture.hidden());
      addBias(kind, layer);
    }
    String output = architecture.tieWeights() ? "embedding.weight" : "output.weight";
    addBlock(layout.tensor(output).offset(), layout.tensor(output).size());
    addBlock(layout.tensor("output.bias").offset(), architecture.vocabulary());
  }

  private void addWeight(RecurrentKind kind, String tensor, int inputs) {
    int size = Math.multiplyExact(architecture.hidden(), inputs);
    int gates = architecture.cell().gates();
    for (int gate = 0; gate < gates; gate++) {
      int network = networkSize + kind.block(gate) * size;
      blocks.add(new Block(network, layout.tensor(tensor).offset() + gate * size, size));
    }
    networkSize = Math.addExact(networkSize, gates * size);
  }

  private void addBias(RecurrentKind kind, int layer) {
    int size = architecture.hidden();
    int input = layout.tensor("rnn.bias_ih_l" + layer).offset();
    int recurrent = layout.tensor("rnn.bias_hh_l" + layer).offset();
    int gates = architecture.cell().gates();
    if (kind.twoBiases()) {
      addBlock(input, gates * size);
      addBlock(recurrent, gates * size);
      return;
    }
    for (int gate = 0; gate < gates; gate++) {
      int network = networkSize + kind.block(gate) * size;
      sums.add(new Sum(network, input + gate * size, recurrent + gate * size, size));
    }
    networkSize = Math.addExact(networkSize, gates * size);
  }

  private void addBlock(int model, int size) {
    blocks.add(new Block(networkSize, model, size));
    networkSize = Math.addExact(networkSize, size);
  }

  int networkSize() {
    return networkSize;
  }

  int modelSize() {
    return layout.size();
  }

  float[] toModel(float[] network) {
    float[] model = new float[layout.size()];
    for (Block block : blocks) {
      System.arraycopy(network, block.network, model, block.model, block.size);
    }
    for (Sum sum : sums) {
      System.arraycopy(network, sum.network, model, sum.input, sum.size);
    }
    int vocabulary = architecture.vocabulary();
    int embedding = architecture.embedding();
    for (int v = 0; v < vocabulary; v++) {
      for (int e = 0; e < embedding; e++) {
        float identity = v == e ? 1f : 0f;
        model[v * embedding + e] = oneHot ? identity : network[e * vocabulary + v];
      }
    }
    return model;
  }

  float[] toNetwork(float[] model) {
    float[] network = new float[networkSize];
    for (Block block : blocks) {
      System.arraycopy(model, block.model, network, block.network, block.size);
    }
    for (Sum sum : sums) {
      for (int k = 0; k < sum.size; k++) {
        network[sum.network + k] = model[sum.input + k] + model[sum.recurrent + k];
      }
    }
    if (oneHot) {
      multiplyByEmbedding(model, network);
    } else {
      turnEmbedding(model, network);
    }
    return network;
  }

  private void turnEmbedding(float[] model, float[] network) {
    int vocabulary = architecture.vocabulary();
    int embedding = architecture.embedding();
    for (int v = 0; v < vocabulary; v++) {
      for (int e = 0; e < embedding; e++) {
        network[e * vocabulary + v] = model[v * embedding + e];
      }
    }
  }

  /**
   * Makes of the first weight W_ih (gates·H, V), which is copied already, what a one-hot input is
   * to be multiplied by: W_ih E^T. That is W_ih itself as long as the embedding E is the identity.
   */
  private void multiplyByEmbedding(float[] model, float[] network) {
    int vocabulary = architecture.vocabulary();
    int rows = architecture.cell().gates() * architecture.hidden();
    float[] row = new float[vocabulary];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(network, r * vocabulary, row, 0, vocabulary);
      for (int v = 0; v < vocabulary; v++) {
        double sum = 0;
        for (int e = 0; e < vocabulary; e++) {
          sum += (double) row[e] * model[v * vocabulary + e];
        }
        network[r * vocabulary + v] = (float) sum;
      }
    }
  }
}
