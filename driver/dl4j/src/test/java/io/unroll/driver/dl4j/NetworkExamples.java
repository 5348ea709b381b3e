package io.unroll.driver.dl4j;

import io.unroll.driver.dl4j.gru.Gru;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks as users of Deeplearning4j write them: V 7, E 4, H 5. */
final class NetworkExamples {
  static final int VOCABULARY = 7;
  static final int EMBEDDING = 4;
  static final int HIDDEN = 5;

  private NetworkExamples() {}

  static ListBuilder network(String cell, int layers, boolean oneHot) {
    ListBuilder network = new NeuralNetConfiguration.Builder().seed(1).list();
    if (!oneHot) {
      network.layer(embedding().build());
    }
    for (int layer = 0; layer < layers; layer++) {
      int below = oneHot ? VOCABULARY : EMBEDDING;
      network.layer(recurrent(cell, layer == 0 ? below : HIDDEN).build());
    }
    return network.layer(output().build());
  }

  static EmbeddingSequenceLayer.Builder embedding() {
    return new EmbeddingSequenceLayer.Builder().nIn(VOCABULARY).nOut(EMBEDDING);
  }

  static BaseRecurrentLayer.Builder<?> recurrent(String cell, int inputs) {
    return switch (cell) {
      case "rnn" -> rnn(inputs);
      case "lstm" -> lstm(inputs);
      case "gru" -> gru(inputs, Gru.Reset.BEFORE_PRODUCT);
      default -> gru(inputs, Gru.Reset.AFTER_PRODUCT);
    };
  }

  static SimpleRnn.Builder rnn(int inputs) {
    return new SimpleRnn.Builder().nIn(inputs).nOut(HIDDEN).activation(Activation.TANH);
  }

  static LSTM.Builder lstm(int inputs) {
    return new LSTM.Builder().nIn(inputs).nOut(HIDDEN).activation(Activation.TANH);
  }

  static Gru.Builder gru(int inputs, Gru.Reset reset) {
    return new Gru.Builder().nIn(inputs).nOut(HIDDEN).reset(reset);
  }

  static RnnOutputLayer.Builder output() {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nIn(HIDDEN)
        .nOut(VOCABULARY)
        .activation(Activation.SOFTMAX);
  }
}
