package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The gradient of a window that begins from carried state, by central differences in double of
 * Deeplearning4j's own forward pass, against what its truncated BPTT and what ours makes of it.
 *
 * <p>Plain descent at rate 1: what the second window changes is its gradient at the parameters that
 * the first has left.
 */
class TruncatedGradientTest {
  private static final int WINDOW = 4;
  private static final int BATCH = 2;
  private static final double RATE = 1;
  private static final double STEP = 1e-6;

  private static MultiLayerConfiguration configuration(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(type)
        .updater(new Sgd(RATE))
        .list()
        .layer(NetworkExamples.lstm(NetworkExamples.VOCABULARY).build())
        .layer(NetworkExamples.output().build())
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(WINDOW)
        .build();
  }

  private static MultiLayerNetwork network(DataType type, INDArray parameters) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(type));
    network.init();
    if (parameters != null) {
      network.setParams(parameters.castTo(type));
    }
    return network;
  }

  private static DataSet sequences(DataType type) {
    DataSet data = Sequences.random(1, BATCH, 2 * WINDOW, true, false).get(0);
    return new DataSet(data.getFeatures().castTo(type), data.getLabels().castTo(type));
  }

  private static INDArray window(INDArray array, int number) {
    INDArrayIndex time = NDArrayIndex.interval(number * WINDOW, (number + 1) * WINDOW);
    return array.get(NDArrayIndex.all(), NDArrayIndex.all(), time).dup();
  }

  /** The first window alone. */
  private static DataSet begin(DataSet data) {
    return new DataSet(window(data.getFeatures(), 0), window(data.getLabels(), 0));
  }

  /**
   * Gradient of the second window's loss by the parameters after the first, from the state that the
   * parameters at the beginning reached.
   */
  private static double[] byDifferences(INDArray start, INDArray after, DataSet data) {
    MultiLayerNetwork first = network(DataType.DOUBLE, start);
    first.rnnTimeStep(window(data.getFeatures(), 0));
    var state = first.rnnGetPreviousState(0);
    double[] gradient = new double[(int) after.length()];
    for (int x = 0; x < gradient.length; x++) {
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        INDArray moved = after.dup();
        moved.putScalar(x, after.getDouble(x) + (side == 0 ? STEP : -STEP));
        MultiLayerNetwork network = network(DataType.DOUBLE, moved);
        network.rnnSetPreviousState(0, state);
        INDArray predicted = network.rnnTimeStep(window(data.getFeatures(), 1));
        INDArray labels = window(data.getLabels(), 1);
        losses[side] =
            -labels
                    .mul(org.nd4j.linalg.ops.transforms.Transforms.log(predicted))
                    .sumNumber()
                    .doubleValue()
                / BATCH;
      }
      gradient[x] = (losses[0] - losses[1]) / (2 * STEP);
    }
    return gradient;
  }

  /** Largest difference relative to the largest number of the true gradient. */
  private static double error(double[] truth, INDArray before, INDArray after) {
    double largest = 0;
    double difference = 0;
    for (int x = 0; x < truth.length; x++) {
      double found = (before.getDouble(x) - after.getDouble(x)) / RATE;
      largest = Math.max(largest, Math.abs(truth[x]));
      difference = Math.max(difference, Math.abs(found - truth[x]));
    }
    return difference / largest;
  }

  /**
   * Should this fail because the error is small, they have mended it: then change
   * docs/deeplearning4j.md, which says that they have not.
   */
  @Test
  void theirsIsWrongFromTheSecondWindowOnAndRightBefore() {
    DataSet data = sequences(DataType.DOUBLE);
    INDArray start = network(DataType.DOUBLE, null).params().dup();
    MultiLayerNetwork firstWindow = network(DataType.DOUBLE, start);
    firstWindow.fit(begin(data));
    MultiLayerNetwork both = network(DataType.DOUBLE, start);
    both.fit(data);
    INDArray after = firstWindow.params();
    double error = error(byDifferences(start, after, data), after, both.params());
    assertTrue(error > 0.05, "their error is only " + error);
  }

  @Test
  void oursIsRight() {
    DataSet data = sequences(DataType.FLOAT);
    INDArray start = network(DataType.FLOAT, null).params().dup();
    MultiLayerNetwork firstWindow = network(DataType.FLOAT, start);
    fitOurs(firstWindow, begin(data));
    MultiLayerNetwork both = network(DataType.FLOAT, start);
    fitOurs(both, data);
    INDArray after = firstWindow.params();
    double[] truth =
        byDifferences(
            start.castTo(DataType.DOUBLE),
            after.castTo(DataType.DOUBLE),
            sequences(DataType.DOUBLE));
    assertEquals(0, error(truth, after, both.params()), 1e-4);
  }

  private static void fitOurs(MultiLayerNetwork network, DataSet data) {
    UnrollTrainingMaster master = new UnrollTrainingMaster.Builder().lanes(1).build();
    new SparkDl4jMultiLayer(SparkTests.context(), network, master)
        .fit(SparkTests.context().parallelize(List.of(data)));
  }
}
