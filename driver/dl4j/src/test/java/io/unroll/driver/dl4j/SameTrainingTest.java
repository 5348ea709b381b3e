package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Where Deeplearning4j is right, without truncation, one lane does what its own fit does: the same
 * parameters after each of two epochs, whoever trained the first.
 */
class SameTrainingTest {
  private static final int MINIBATCHES = 4;
  private static final double TOLERANCE = 2e-5;

  static Stream<Arguments> trainings() {
    List<IUpdater> updaters =
        List.of(new Sgd(0.05), new Nesterovs(0.02, 0.9), new RmsProp(0.01), new Adam(0.01));
    return updaters.stream()
        .flatMap(
            updater ->
                Stream.of(
                    Arguments.of(updater, "lstm", true, true, 0.0),
                    Arguments.of(updater, "lstm", false, false, 0.01),
                    Arguments.of(updater, "rnn", true, false, 0.01),
                    Arguments.of(updater, "gru", true, false, 0.0),
                    Arguments.of(updater, "gru-reset-after", false, true, 0.01)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void oneLaneTrainsAsDeeplearning4jDoes(
      IUpdater updater, String cell, boolean oneHot, boolean masked, double l2) {
    List<DataSet> data = Sequences.random(MINIBATCHES, 3, 6, oneHot, masked);
    MultiLayerConfiguration configuration = network(updater, cell, oneHot, l2).build();
    MultiLayerNetwork theirs = new MultiLayerNetwork(configuration.clone());
    theirs.init();
    MultiLayerNetwork ours = theirs.clone();
    MultiLayerNetwork mixed = theirs.clone();
    MultiLayerNetwork start = theirs.clone();
    fitTheirs(theirs, data);
    fitOurs(ours, data);
    assertTrue(distance(theirs, start) > 100 * TOLERANCE, "nothing was learnt");
    assertEquals(0, distance(theirs, ours), TOLERANCE, "after an epoch");
    assertEquals(
        theirs.getLayerWiseConfigurations().getIterationCount(),
        ours.getLayerWiseConfigurations().getIterationCount());

    fitTheirs(mixed, data);
    fitOurs(mixed, data);
    fitTheirs(ours, data);
    fitTheirs(theirs, data);
    assertEquals(0, distance(theirs, ours), 2 * TOLERANCE, "ours, then theirs");
    assertEquals(0, distance(theirs, mixed), 2 * TOLERANCE, "theirs, then ours");
  }

  private static ListBuilder network(IUpdater updater, String cell, boolean oneHot, double l2) {
    ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(3).updater(updater).l2(l2).list();
    if (!oneHot) {
      layers.layer(NetworkExamples.embedding().build());
    }
    int below = oneHot ? NetworkExamples.VOCABULARY : NetworkExamples.EMBEDDING;
    return layers
        .layer(NetworkExamples.recurrent(cell, below).build())
        .layer(NetworkExamples.recurrent(cell, NetworkExamples.HIDDEN).build())
        .layer(NetworkExamples.output().dataFormat(RNNFormat.NCW).build());
  }

  private static void fitTheirs(MultiLayerNetwork network, List<DataSet> data) {
    data.forEach(network::fit);
  }

  private static void fitOurs(MultiLayerNetwork network, List<DataSet> data) {
    UnrollTrainingMaster master = new UnrollTrainingMaster.Builder().lanes(1).build();
    SparkDl4jMultiLayer spark = new SparkDl4jMultiLayer(SparkTests.context(), network, master);
    spark.fit(SparkTests.context().parallelize(data, 3));
  }

  /** Largest difference of two parameters. */
  private static double distance(MultiLayerNetwork one, MultiLayerNetwork other) {
    return one.params().sub(other.params()).amaxNumber().doubleValue();
  }
}
