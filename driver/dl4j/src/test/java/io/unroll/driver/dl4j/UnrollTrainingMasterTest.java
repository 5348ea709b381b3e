package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

class UnrollTrainingMasterTest {
  private static final int TIME = 6;
  private static final int BATCH = 3;

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .l2(0.01)
            .updater(new Adam(0.01))
            .list()
            .layer(NetworkExamples.lstm(NetworkExamples.VOCABULARY).build())
            .layer(NetworkExamples.output().build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static SparkDl4jMultiLayer fit(
      MultiLayerNetwork network, TrainingMaster<?, ?> master, List<DataSet> data, int partitions) {
    SparkDl4jMultiLayer spark = new SparkDl4jMultiLayer(SparkTests.context(), network, master);
    spark.fit(SparkTests.context().parallelize(data, partitions));
    return spark;
  }

  private static UnrollTrainingMaster.Builder lanes(int count) {
    return new UnrollTrainingMaster.Builder().lanes(count).averagingFrequency(2);
  }

  @Test
  void partitionsAndTasksDoNotChangeABit() {
    List<DataSet> data = Sequences.random(9, BATCH, TIME, true, true);
    MultiLayerNetwork one = network();
    MultiLayerNetwork other = network();
    fit(one, lanes(3).build(), data, 1);
    fit(other, lanes(3).build(), data, 5);
    assertArrayEquals(one.params().dup().data().asFloat(), other.params().dup().data().asFloat());
  }

  /** One lane, one step: the score is what Deeplearning4j says of the parameters before it. */
  @Test
  void theScoreIsDeeplearning4js() {
    List<DataSet> data = Sequences.random(1, BATCH, TIME, true, true);
    MultiLayerNetwork network = network();
    double before = network.score(data.get(0));
    double penaltyBefore = network.calcRegularizationScore(true);
    SparkDl4jMultiLayer spark = fit(network, lanes(1).build(), data, 1);
    double expected = before - penaltyBefore + network.calcRegularizationScore(true);
    assertEquals(expected, network.score(), 1e-4);
    assertEquals(expected, spark.getScore(), 1e-4);
  }

  @Test
  void listenersSeeEachRoundWithItsParameters() {
    List<String> calls = new ArrayList<>();
    List<INDArray> parameters = new ArrayList<>();
    MultiLayerNetwork network = network();
    SparkDl4jMultiLayer spark =
        new SparkDl4jMultiLayer(SparkTests.context(), network, lanes(2).build());
    spark.setListeners(List.of(new Recorder(calls, parameters)));
    var data = SparkTests.context().parallelize(Sequences.random(7, BATCH, TIME, true, false));
    spark.fit(data);
    spark.fit(data);
    assertEquals(
        List.of(
            "start 0",
            "iteration 2 of epoch 0",
            "iteration 4 of epoch 0",
            "end 0",
            "start 1",
            "iteration 6 of epoch 1",
            "iteration 8 of epoch 1",
            "end 1"),
        calls);
    assertNotEquals(parameters.get(0), parameters.get(1));
    assertEquals(network.params(), parameters.get(3));
    assertTrue(Double.isFinite(network.score()));
  }

  private static final class Recorder implements TrainingListener {
    private final List<String> calls;
    private final List<INDArray> parameters;

    Recorder(List<String> calls, List<INDArray> parameters) {
      this.calls = calls;
      this.parameters = parameters;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      calls.add(String.format(Locale.ROOT, "iteration %d of epoch %d", iteration, epoch));
      parameters.add(model.params().dup());
    }

    @Override
    public void onEpochStart(Model model) {
      calls.add("start " + ((MultiLayerNetwork) model).getEpochCount());
    }

    @Override
    public void onEpochEnd(Model model) {
      calls.add("end " + ((MultiLayerNetwork) model).getEpochCount());
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {}

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {}

    @Override
    public void onGradientCalculation(Model model) {}

    @Override
    public void onBackwardPass(Model model) {}
  }

  /**
   * Two workers, averaging after two minibatches each: ParameterAveragingTrainingMaster needs
   * multiples of four, and leaves out what remains. Should this fail because nothing is left out,
   * they have mended it: then change docs/deeplearning4j.md.
   */
  @Test
  void theirsLeavesOutWhatOursUses() {
    List<DataSet> data = Sequences.random(7, BATCH, TIME, true, false);
    ParameterAveragingTrainingMaster theirs =
        new ParameterAveragingTrainingMaster.Builder(2, BATCH)
            .batchSizePerWorker(BATCH)
            .averagingFrequency(2)
            .workerPrefetchNumBatches(0)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .trainingHooks(new FitCounter())
            .build();
    FitCounter.MINIBATCHES.set(0);
    fit(network(), theirs, data, 2);
    assertTrue(
        FitCounter.MINIBATCHES.get() < data.size(),
        "they used all: " + FitCounter.MINIBATCHES.get());

    MultiLayerNetwork ours = network();
    fit(ours, lanes(1).build(), data, 2);
    assertEquals(data.size(), ours.getLayerWiseConfigurations().getIterationCount());
  }
}
