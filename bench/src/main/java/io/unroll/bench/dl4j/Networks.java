package io.unroll.bench.dl4j;

import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j's form of a {@link Workload}. What differs from Unroll, because there is no
 * equivalent: gradients are clipped by the L2 norm of each layer, not by the global norm, and no
 * state is carried from one window to the next.
 */
final class Networks {
  /** What the description of settings says about clipping. */
  static final String CLIPPING = "ClipL2PerLayer 1.0 (there is no global norm)";

  private Networks() {}

  /** Float32, truncated BPTT over T steps, sparse labels, workspaces on. */
  static MultiLayerConfiguration of(Workload load) {
    double retained = 1 - load.dropout();
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(DataType.FLOAT)
        .updater(updater(load.optimizer()))
        .weightInit(WeightInit.XAVIER)
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(1.0)
        .list()
        .layer(
            new EmbeddingSequenceLayer.Builder()
                .nIn(load.vocabulary())
                .nOut(load.embedding())
                .inputLength(load.steps())
                .build())
        .layer(lstm(load.embedding(), load.hidden()).build())
        .layer(dropping(lstm(load.hidden(), load.hidden()), retained).build())
        .layer(dropping(output(load), retained).build())
        .setInputType(InputType.recurrent(load.vocabulary(), load.steps()))
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(load.steps())
        .build();
  }

  private static LSTM.Builder lstm(int inputs, int hidden) {
    return new LSTM.Builder()
        .nIn(inputs)
        .nOut(hidden)
        .activation(Activation.TANH)
        .gateActivationFunction(Activation.SIGMOID);
  }

  private static RnnOutputLayer.Builder output(Workload load) {
    return new RnnOutputLayer.Builder(LossFunction.SPARSE_MCXENT)
        .nIn(load.hidden())
        .nOut(load.vocabulary())
        .activation(Activation.SOFTMAX);
  }

  private static <B extends org.deeplearning4j.nn.conf.layers.Layer.Builder<?>> B dropping(
      B layer, double retained) {
    if (retained < 1) {
      layer.dropOut(retained);
    }
    return layer;
  }

  private static IUpdater updater(Workload.Optimizer optimizer) {
    return switch (optimizer) {
      case SGD -> new Sgd(0.1);
      case ADAM -> new Adam(0.004);
    };
  }
}
