package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Every option that cannot be mapped exactly is refused with its layer, its value and what is. */
class RefusalTest {
  private static final int V = NetworkExamples.VOCABULARY;
  private static final int E = NetworkExamples.EMBEDDING;
  private static final int H = NetworkExamples.HIDDEN;

  @ParameterizedTest(name = "{1}")
  @MethodSource({"networks", "embeddings", "recurrentLayers", "outputs", "sizes", "dropouts"})
  void names(MultiLayerConfiguration configuration, String message) {
    Throwable refusal =
        assertThrows(UnmappableNetworkException.class, () -> NetworkMapping.of(configuration));
    assertEquals("Cannot map the network: " + message, refusal.getMessage());
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        refused(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(lstm(V).build())
                .layer(output().build()),
            "dataType is DOUBLE (expected FLOAT; MultiLayerNetwork.convertDataType makes such a"
                + " network)"),
        refused(
            list().layer(output().nIn(V).build()),
            "it has 1 layers (expected an EmbeddingSequenceLayer or none, one or more LSTM,"
                + " SimpleRnn or Gru, RnnOutputLayer)"),
        refused(
            list().layer(embedding().build()).layer(output().nIn(E).build()),
            "it has 2 layers (expected an EmbeddingSequenceLayer or none, one or more LSTM,"
                + " SimpleRnn or Gru, RnnOutputLayer)"),
        refused(
            list()
                .layer(embedding().build())
                .layer(lstm(E).build())
                .layer(output().build())
                .inputPreProcessor(1, new FeedForwardToRnnPreProcessor()),
            "layer 1 (name layer1, LSTM): inputPreProcessor is FeedForwardToRnnPreProcessor"
                + " (expected none)"));
  }

  static Stream<Arguments> embeddings() {
    return Stream.of(
        embedded(
            embedding().hasBias(true),
            "layer 0 (name layer0, EmbeddingSequenceLayer): hasBias is true (expected false)"),
        embedded(
            embedding().activation(Activation.TANH),
            "layer 0 (name layer0, EmbeddingSequenceLayer): activation is ActivationTanH (expected"
                + " identity)"),
        embedded(
            embedding().outputDataFormat(RNNFormat.NWC),
            "layer 1 (name layer1, LSTM): the data format is NCW (expected NWC, as layer 0 has)"));
  }

  @SuppressWarnings("deprecation") // GravesLSTM, which old models have
  static Stream<Arguments> recurrentLayers() {
    return Stream.of(
        recurrent(
            lstm(E).activation(Activation.RELU).build(),
            "layer 1 (name layer1, LSTM): activation is ActivationReLU (expected tanh)"),
        recurrent(
            lstm(E).gateActivationFunction(Activation.HARDSIGMOID).build(),
            "layer 1 (name layer1, LSTM): gateActivationFunction is ActivationHardSigmoid"
                + " (expected sigmoid)"),
        recurrent(
            NetworkExamples.rnn(E).hasLayerNorm(true).build(),
            "layer 1 (name layer1, SimpleRnn): hasLayerNorm is true (expected false)"),
        recurrent(
            NetworkExamples.rnn(E).activation(Activation.IDENTITY).build(),
            "layer 1 (name layer1, SimpleRnn): activation is ActivationIdentity (expected tanh)"),
        recurrent(
            new GravesLSTM.Builder().nIn(E).nOut(H).name("peepholes").build(),
            "layer 1 (name peepholes, GravesLSTM): the type is GravesLSTM (expected LSTM, SimpleRnn"
                + " or Gru)"),
        recurrent(
            new Bidirectional(Bidirectional.Mode.ADD, lstm(E).build()),
            "layer 1 (name layer1, Bidirectional): the type is Bidirectional (expected LSTM,"
                + " SimpleRnn or Gru)"),
        recurrent(
            new FrozenLayer(lstm(E).build()),
            "layer 1 (name layer1, FrozenLayer): the type is FrozenLayer (expected LSTM, SimpleRnn"
                + " or Gru)"),
        refused(
            list()
                .layer(new DenseLayer.Builder().nIn(V).nOut(V).build())
                .layer(lstm(V).build())
                .layer(output().build()),
            "layer 0 (name layer0, DenseLayer): the type is DenseLayer (expected"
                + " EmbeddingSequenceLayer, LSTM, SimpleRnn or Gru)"),
        refused(
            list()
                .layer(lstm(V).build())
                .layer(NetworkExamples.rnn(H).build())
                .layer(output().build()),
            "layer 1 (name layer1, SimpleRnn): the type is SimpleRnn (expected that of the"
                + " recurrent layers below)"));
  }

  static Stream<Arguments> outputs() {
    return Stream.of(
        answering(
            new OutputLayer.Builder().nIn(H).nOut(V).activation(Activation.SOFTMAX).build(),
            "layer 2 (name layer2, OutputLayer): the type is OutputLayer (expected"
                + " RnnOutputLayer)"),
        answering(
            new RnnOutputLayer.Builder(LossFunction.XENT)
                .nIn(H)
                .nOut(V)
                .activation(Activation.SIGMOID)
                .build(),
            "layer 2 (name layer2, RnnOutputLayer): activation is ActivationSigmoid (expected"
                + " softmax)"),
        answering(
            new RnnOutputLayer.Builder(LossFunction.MSE)
                .nIn(H)
                .nOut(V)
                .activation(Activation.SOFTMAX)
                .build(),
            "layer 2 (name layer2, RnnOutputLayer): lossFunction is LossMSE (expected MCXENT,"
                + " SPARSE_MCXENT or NEGATIVELOGLIKELIHOOD)"),
        answering(
            new RnnOutputLayer.Builder(new LossMCXENT(Nd4j.ones(V))).nIn(H).nOut(V).build(),
            "layer 2 (name layer2, RnnOutputLayer): lossFunction is one with weights (expected one"
                + " without)"),
        answering(
            output().hasBias(false).build(),
            "layer 2 (name layer2, RnnOutputLayer): hasBias is false (expected true)"));
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        refused(
            list()
                .layer(lstm(V).build())
                .layer(lstm(H).nOut(6).build())
                .layer(output().nIn(6).build()),
            "layer 0 (name layer0, LSTM): nOut is 5 (expected 6, as all recurrent layers have)"),
        recurrent(
            lstm(E + 1).build(),
            "layer 1 (name layer1, LSTM): nIn is 5 (expected 4, the nOut of the layer below)"),
        answering(
            output().nIn(3).build(),
            "layer 2 (name layer2, RnnOutputLayer): nIn is 3 (expected 5, the nOut of the layer"
                + " below)"),
        answering(
            output().nOut(9).build(),
            "layer 2 (name layer2, RnnOutputLayer): nOut is 9 (expected 7, the nIn of layer 0: the"
                + " vocabulary)"),
        answering(
            output().nOut(0).build(),
            "layer 2 (name layer2, RnnOutputLayer): nOut is 0 (expected 1 to 2^31 - 1)"),
        refused(
            list()
                .layer(embedding().nIn(1 << 20).nOut(1 << 11).build())
                .layer(lstm(1 << 11).build())
                .layer(output().nOut(1 << 20).build()),
            "it has 2^31 parameters or more"));
  }

  static Stream<Arguments> dropouts() {
    return Stream.of(
        refused(
            dropping(layer -> layer.dropOut(0.5), layer -> layer.dropOut(0.5)),
            "layer 0 (name layer0, LSTM): dropOut is 0.5 (expected none, since Unroll drops nothing"
                + " below this layer)"),
        refused(
            dropping(layer -> layer, layer -> layer.dropOut(0.5)),
            "layer 2 (name layer2, RnnOutputLayer): dropOut is 1.0 (expected 0.5, as layer 1"
                + " has)"),
        refused(
            dropping(layer -> layer, layer -> layer.dropOut(new GaussianDropout(0.5))),
            "layer 1 (name layer1, LSTM): dropOut is GaussianDropout (expected Dropout)"),
        refused(
            dropping(layer -> layer, layer -> layer.dropOut(new Dropout(new FixedSchedule(0.5)))),
            "layer 1 (name layer1, LSTM): dropOut is one with a schedule (expected one without a"
                + " schedule)"));
  }

  private static Arguments refused(ListBuilder network, String message) {
    return Arguments.of(network.build(), message);
  }

  private static Arguments embedded(EmbeddingSequenceLayer.Builder layer, String message) {
    return refused(
        list().layer(layer.build()).layer(lstm(E).build()).layer(output().build()), message);
  }

  private static Arguments recurrent(Layer layer, String message) {
    return refused(list().layer(embedding().build()).layer(layer).layer(output().build()), message);
  }

  private static Arguments answering(Layer layer, String message) {
    return refused(list().layer(embedding().build()).layer(lstm(E).build()).layer(layer), message);
  }

  private static ListBuilder dropping(
      UnaryOperator<BaseRecurrentLayer.Builder<?>> first,
      UnaryOperator<BaseRecurrentLayer.Builder<?>> second) {
    return list()
        .layer(first.apply(lstm(V)).build())
        .layer(second.apply(lstm(H)).build())
        .layer(output().build());
  }

  /** Not Deeplearning4j's own validation, which knows less. */
  private static ListBuilder list() {
    return new NeuralNetConfiguration.Builder().list().validateOutputLayerConfig(false);
  }

  private static EmbeddingSequenceLayer.Builder embedding() {
    return NetworkExamples.embedding();
  }

  private static LSTM.Builder lstm(int inputs) {
    return NetworkExamples.lstm(inputs);
  }

  private static RnnOutputLayer.Builder output() {
    return NetworkExamples.output();
  }
}
