package io.unroll.driver.dl4j.gru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GruTest {
  private static final int INPUTS = 4;
  private static final int HIDDEN = 3;
  private static final int BATCH = 2;
  private static final int STEPS = 4;

  /** Deeplearning4j's own check wants it so. */
  @BeforeEach
  void computeInDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterEach
  void computeInFloat() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest(name = "{0}, masks: {1}, {2}")
  @CsvSource({
    "BEFORE_PRODUCT,false,NCW",
    "AFTER_PRODUCT,false,NCW",
    "BEFORE_PRODUCT,true,NCW",
    "AFTER_PRODUCT,true,NCW",
    "AFTER_PRODUCT,false,NWC"
  })
  void passesTheGradientCheckOfDeeplearning4j(Gru.Reset reset, boolean masked, RNNFormat format) {
    MultiLayerNetwork network = network(reset, format);
    GradientCheckUtil.MLNConfig check =
        new GradientCheckUtil.MLNConfig()
            .net(network)
            .input(formatted(random(INPUTS), format))
            .labels(formatted(labels(), format));
    if (masked) {
      INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 1, 0}, {0, 1, 1, 1}});
      check.inputMask(mask).labelMask(mask);
    }
    assertTrue(GradientCheckUtil.checkGradients(check));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsFormInJson(Gru.Reset reset) {
    MultiLayerConfiguration written = network(reset, RNNFormat.NCW).getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(written.toJson());
    assertEquals(written.getConf(0).getLayer(), read.getConf(0).getLayer());
    assertEquals(reset, ((Gru) read.getConf(0).getLayer()).reset());
  }

  @Test
  void beginsWithRandomWeightsAndTheBiasOfTheConfiguration() {
    MultiLayerNetwork network = network(Gru.Reset.AFTER_PRODUCT, RNNFormat.NCW);
    assertEquals(0, network.getParam("0_b").sumNumber().doubleValue());
    assertEquals(6 * HIDDEN, network.getParam("0_b").length());
    assertTrue(network.getParam("0_W").stdNumber().doubleValue() > 0.1);
    assertTrue(network.getParam("0_RW").stdNumber().doubleValue() > 0.1);
  }

  @Test
  void refusesOtherActivationsThanTanh() {
    Gru.Builder layer = new Gru.Builder().nIn(INPUTS).nOut(HIDDEN).activation(Activation.RELU);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(layer, RNNFormat.NCW));
    Throwable refusal = assertThrows(IllegalStateException.class, network::init);
    assertEquals(
        "Invalid activation of Gru layer 0 (name layer0): relu (expected tanh)",
        refusal.getMessage());
  }

  @Test
  void refusesInputsOfAnotherSizeOrBatch() {
    MultiLayerNetwork network = network(Gru.Reset.BEFORE_PRODUCT, RNNFormat.NCW);
    INDArray wide = random(INPUTS + 1);
    Throwable size = assertThrows(IllegalStateException.class, () -> network.output(wide));
    assertEquals(
        "Cannot run Gru layer 0 (name layer0) on an input of shape [2, 5, 4] (expected 4 numbers in"
            + " each step)",
        size.getMessage());
    network.rnnTimeStep(random(INPUTS));
    INDArray single = Nd4j.zeros(1, INPUTS, STEPS);
    Throwable batch = assertThrows(IllegalStateException.class, () -> network.rnnTimeStep(single));
    assertEquals(
        "Cannot run Gru layer 0 (name layer0) on an input of shape [1, 4, 4] (expected 2 sequences,"
            + " as in the steps before; rnnClearPreviousState begins anew)",
        batch.getMessage());
  }

  private static MultiLayerNetwork network(Gru.Reset reset, RNNFormat format) {
    Gru.Builder layer = new Gru.Builder().nIn(INPUTS).nOut(HIDDEN).reset(reset);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(layer, format));
    network.init();
    return network;
  }

  private static MultiLayerConfiguration configuration(Gru.Builder layer, RNNFormat format) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.DOUBLE)
        .updater(new NoOp())
        .list()
        .layer(layer.dataFormat(format).build())
        .layer(new Gru.Builder().nIn(HIDDEN).nOut(HIDDEN).dataFormat(format).build())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(HIDDEN)
                .nOut(INPUTS)
                .dataFormat(format)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private static INDArray formatted(INDArray array, RNNFormat format) {
    return format == RNNFormat.NCW ? array : array.permute(0, 2, 1).dup('c');
  }

  private static INDArray random(int size) {
    Random random = new Random(5);
    double[] values = random.doubles((long) BATCH * size * STEPS, -1, 1).toArray();
    return Nd4j.create(values, new long[] {BATCH, size, STEPS}, 'c');
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, BATCH, INPUTS, STEPS);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < STEPS; t++) {
        labels.putScalar(b, (b + 3 * t) % INPUTS, t, 1);
      }
    }
    return labels;
  }
}
