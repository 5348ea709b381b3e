package io.unroll.driver.dl4j;

import io.unroll.worker.model.LanguageArchitecture;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Writes the configuration of an architecture: embedding, recurrent layers, output. */
final class NetworkWriter {
  private NetworkWriter() {}

  static MultiLayerConfiguration write(LanguageArchitecture architecture) {
    RecurrentKind kind = RecurrentKind.of(architecture.cell());
    NeuralNetConfiguration.ListBuilder network =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .list()
            .layer(
                new EmbeddingSequenceLayer.Builder()
                    .name("embedding")
                    .nIn(architecture.vocabulary())
                    .nOut(architecture.embedding())
                    .build());
    for (int layer = 0; layer < architecture.layers(); layer++) {
      network.layer(
          dropping(
                  kind.builder()
                      .name("rnn" + layer)
                      .nIn(architecture.stack().inputs(layer, architecture.embedding()))
                      .nOut(architecture.hidden())
                      .activation(Activation.TANH),
                  layer == 0 ? 0 : architecture.dropout().layers())
              .build());
    }
    return network.layer(output(architecture)).build();
  }

  private static Layer output(LanguageArchitecture architecture) {
    return dropping(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .name("output")
                .nIn(architecture.hidden())
                .nOut(architecture.vocabulary())
                .dataFormat(RNNFormat.NCW)
                .activation(Activation.SOFTMAX),
            architecture.dropout().layers())
        .build();
  }

  private static <B extends Layer.Builder<?>> B dropping(B layer, double dropped) {
    if (dropped > 0) {
      layer.dropOut(DropoutMapping.kept(dropped));
    }
    return layer;
  }
}
