package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** What Unroll would train otherwise than Deeplearning4j is refused before anything is trained. */
class TrainingRefusalTest {
  private static final String FIRST = "layer 0 (name layer0, LSTM): ";

  static Stream<Arguments> options() {
    ExponentialSchedule falling = new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9);
    return Stream.of(
        refused(c -> c.l1(0.1), "regularization is L1Regularization (expected L2Regularization)"),
        refused(
            c -> c.weightDecay(0.1), "regularization is WeightDecay (expected L2Regularization)"),
        refused(
            c -> c.gradientNormalization(GradientNormalization.ClipL2PerLayer),
            "gradientNormalization is ClipL2PerLayer (expected None; Unroll clips by the norm of"
                + " the whole gradient, which Deeplearning4j has not)"),
        refused(
            c -> c.updater(new AMSGrad(0.1)),
            "updater is AMSGrad (expected Sgd, Nesterovs, RmsProp or Adam)"),
        refused(
            c -> c.updater(new Sgd(falling)),
            "updater is one with a schedule (expected a fixed learning rate)"),
        refused(c -> c.updater(new Adam(0)), "learning rate is 0.0 (expected > 0)"),
        refused(
            c -> c.updater(new Sgd(0.1)).biasUpdater(new Sgd(0.2)),
            "biasUpdater is Sgd(learningRate=0.2, learningRateSchedule=null) (expected none, or the"
                + " updater of the weights)"),
        refused(c -> c.miniBatch(false), "miniBatch is false (expected true)"),
        refused(
            c -> c.optimizationAlgo(OptimizationAlgorithm.LBFGS),
            "optimizationAlgo is LBFGS (expected STOCHASTIC_GRADIENT_DESCENT)"),
        refused(
            c -> c.weightNoise(new DropConnect(0.5)),
            "weightNoise is " + new DropConnect(0.5) + " (expected none)"),
        refused(
            c -> c.constrainWeights(new MaxNormConstraint(1, 1)),
            "constraints is " + List.of(new MaxNormConstraint(1, 1)) + " (expected none)"),
        refused(
            c -> c.updater(new Nesterovs(0.1, falling)),
            "momentumISchedule is " + falling + " (expected a fixed momentum)"));
  }

  private static Arguments refused(
      UnaryOperator<NeuralNetConfiguration.Builder> option, String message) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(0.1));
    return Arguments.of(layers(option.apply(builder)), FIRST + message);
  }

  private static ListBuilder layers(NeuralNetConfiguration.Builder builder) {
    return builder
        .list()
        .layer(NetworkExamples.lstm(NetworkExamples.VOCABULARY).build())
        .layer(NetworkExamples.output().build());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("options")
  void namesLayerOptionAndWhatIsAccepted(ListBuilder network, String message) {
    assertRefused(network, message);
  }

  @Test
  void updatersMustBeTheSame() {
    ListBuilder network =
        new NeuralNetConfiguration.Builder()
            .updater(new Sgd(0.1))
            .list()
            .layer(NetworkExamples.lstm(NetworkExamples.VOCABULARY).build())
            .layer(NetworkExamples.output().updater(new Adam(0.1)).build());
    String adam = new Adam(0.1).toString();
    assertRefused(
        network,
        "layer 1 (name layer1, RnnOutputLayer): updater is %s (expected %s, as layer 0 has)"
            .formatted(adam, new Sgd(0.1)));
  }

  @Test
  void gradientsFlowAsFarBackAsWindowsAreLong() {
    ListBuilder network = layers(new NeuralNetConfiguration.Builder().updater(new Sgd(0.1)));
    network.backpropType(BackpropType.TruncatedBPTT).tBPTTForwardLength(20).tBPTTBackwardLength(10);
    assertRefused(network, "tBPTTBackwardLength is 10 (expected 20, as tBPTTForwardLength is)");
  }

  /** By a fit, which leaves the network as it is. */
  private static void assertRefused(ListBuilder layers, String message) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    SparkDl4jMultiLayer spark =
        new SparkDl4jMultiLayer(
            SparkTests.context(), network, new UnrollTrainingMaster.Builder().build());
    var data = SparkTests.context().parallelize(Sequences.random(2, 1, 3, true, false));
    Exception refusal = assertThrows(UnmappableNetworkException.class, () -> spark.fit(data));
    assertEquals("Cannot map the network: " + message, refusal.getMessage());
    assertEquals(0, network.getLayerWiseConfigurations().getIterationCount());
  }

  @Test
  void graphsHooksAndStatisticsAreRefused() {
    UnrollTrainingMaster master = new UnrollTrainingMaster.Builder().build();
    assertThrows(UnmappableNetworkException.class, () -> master.executeTrainingMDS(null, null));
    assertThrows(UnsupportedOperationException.class, () -> master.addHook(null));
    assertThrows(UnsupportedOperationException.class, () -> master.setCollectTrainingStats(true));
    assertEquals(
        "Invalid lanes: 0 (expected at least 1)",
        assertThrows(
                IllegalArgumentException.class, () -> new UnrollTrainingMaster.Builder().lanes(0))
            .getMessage());
  }
}
