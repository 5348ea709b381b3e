package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.driver.data.LaneData;
import io.unroll.worker.data.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What data sets become: each is used once an epoch, as what it says, or refused by number. */
class DataSetsTest {
  private static final MinibatchReader ONE_HOT =
      new MinibatchReader(3, false, false, RNNFormat.NCW);

  /** One step of one sequence: token 0, and its own number to predict. */
  private static DataSet numbered(int number, int vocabulary) {
    INDArray features = Nd4j.zeros(1, vocabulary, 1).putScalar(0, 0, 0, 1);
    return new DataSet(features, Nd4j.zeros(1, vocabulary, 1).putScalar(0, number, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({"17, 2, 3", "23, 3, 2", "1, 2, 2", "17, 4, 1", "2, 5, 7"})
  void eachIsInOneLaneInItsOrder(int count, int lanes, int partitions) {
    MinibatchReader reader = new MinibatchReader(count, false, false, RNNFormat.NCW);
    List<DataSet> data = IntStream.range(0, count).mapToObj(k -> numbered(k, count)).toList();
    List<Integer> seen = new ArrayList<>();
    try (DealtData dealt =
        DealtData.of(SparkTests.context().parallelize(data, partitions), reader, lanes, 0)) {
      assertEquals(count, dealt.dataSets());
      List<LaneData> all = dealt.lanes().collect();
      assertEquals(lanes, all.size());
      for (LaneData lane : all) {
        for (Minibatch minibatch : ((LaneData.Minibatches) lane).minibatches()) {
          seen.add(minibatch.targets()[0]);
        }
      }
    }
    assertEquals(IntStream.range(0, count).boxed().toList(), seen);
  }

  /** One read, though they are counted, numbered and dealt. */
  @Test
  void eachIsReadOnce() {
    LongAccumulator reads = SparkTests.context().sc().longAccumulator();
    JavaRDD<DataSet> data =
        SparkTests.context()
            .parallelize(List.of(0, 1, 2, 3, 4), 3)
            .map(
                number -> {
                  reads.add(1);
                  return numbered(number % 3, 3);
                });
    DealtData.of(data, ONE_HOT, 2, 0).close();
    assertEquals(5, reads.value());
  }

  /** By its number among all, whichever partition it is in. */
  @ParameterizedTest
  @CsvSource({"0", "3", "6"})
  void theFirstThatIsNotTokensIsNamed(int wrong) {
    List<DataSet> data = new ArrayList<>();
    for (int k = 0; k < 7; k++) {
      data.add(k < wrong ? numbered(0, 3) : new DataSet(Nd4j.zeros(1, 3, 1), Nd4j.zeros(1, 3, 1)));
    }
    InvalidDataSetException refused =
        assertThrows(
            InvalidDataSetException.class,
            () -> DealtData.of(SparkTests.context().parallelize(data, 3), ONE_HOT, 2, 0));
    assertEquals(
        "Cannot train on data set "
            + wrong
            + ", sequence 0, step 0: its features are not one-hot (expected a single 1, else 0)",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"17, 4", "3, 2"})
  void thoseOfOneExampleArePutSideBySide(int count, int size) {
    MinibatchReader reader = new MinibatchReader(count, false, false, RNNFormat.NCW);
    List<DataSet> data = IntStream.range(0, count).mapToObj(k -> numbered(k, count)).toList();
    try (DealtData dealt =
        DealtData.of(SparkTests.context().parallelize(data, 2), reader, 1, size)) {
      LaneData.Minibatches lane = (LaneData.Minibatches) dealt.lanes().first();
      List<Integer> sizes = lane.minibatches().stream().map(Minibatch::batch).sorted().toList();
      List<Integer> wanted = count == 3 ? List.of(1, 2) : List.of(1, 4, 4, 4, 4);
      assertEquals(wanted, sizes);
    }
  }

  /** Of one step each, counted by the listener: as many steps as the longest lane has. */
  @ParameterizedTest
  @CsvSource({"17, 9", "23, 12", "1, 1", "0, 0"})
  void anEpochUsesAllOfThem(int count, int steps) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(NetworkExamples.network("lstm", 1, true).build());
    network.init();
    List<DataSet> data = Sequences.random(count, 1, 3, true, false);
    List<Integer> iterations = new ArrayList<>();
    SparkDl4jMultiLayer spark =
        new SparkDl4jMultiLayer(
            SparkTests.context(),
            network,
            new UnrollTrainingMaster.Builder().lanes(2).averagingFrequency(5).build());
    spark.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            iterations.add(iteration);
          }
        });
    spark.fit(SparkTests.context().parallelize(data, 3));
    assertEquals(steps, network.getLayerWiseConfigurations().getIterationCount());
    assertEquals((steps + 4) / 5, iterations.size());
    assertEquals(1, network.getEpochCount());
  }

  @Test
  void bothFormatsAndMasksAreRead() {
    float[][][] tokens = {{{1, 0, 0}, {0, 1, 0}}, {{0, 0, 1}, {0, 0, 0}}};
    INDArray nwc = Nd4j.create(tokens);
    INDArray mask = Nd4j.create(new float[][] {{1, 1}, {1, 0}});
    for (RNNFormat format : RNNFormat.values()) {
      INDArray array = format == RNNFormat.NWC ? nwc : nwc.permute(0, 2, 1);
      Minibatch minibatch =
          new MinibatchReader(3, false, false, format).read(new DataSet(array, array, mask, null));
      assertEquals(2, minibatch.time());
      assertEquals(2, minibatch.batch());
      assertEquals("[0, 2, 1, 0]", Arrays.toString(minibatch.inputs()));
      assertEquals("[0, 2, 1, 0]", Arrays.toString(minibatch.targets()));
      assertEquals("[true, true, true, false]", Arrays.toString(minibatch.counts()));
    }
    Minibatch indexed =
        new MinibatchReader(3, true, true, RNNFormat.NCW)
            .read(
                new DataSet(
                    Nd4j.create(new float[][] {{2, 1}}), Nd4j.create(new float[][][] {{{0, 2}}})));
    assertEquals("[2, 1]", Arrays.toString(indexed.inputs()));
    assertEquals("[0, 2]", Arrays.toString(indexed.targets()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 0.5 0 | 1 0 0 | 1 | 1 | , sequence 0, step 0: its features are not one-hot (expected a single 1, else 0)",
        "0 0 0 | 1 0 0 | 1 | 1 | , sequence 0, step 0: its features are not one-hot (expected a single 1, else 0)",
        "1 0 0 | 1 1 0 | 1 | 1 | , sequence 0, step 0: its labels are not one-hot (expected a single 1, else 0)",
        "1 0 0 | 1 0 0 | 1 | 0.5 | , sequence 0, step 0: its labels mask is 0.5 (expected 0 or 1)",
        "1 0 0 | 1 0 0 | 0 | 1 | , sequence 0, step 0: a label counts where the features are masked",
        "1 0 | 1 0 0 | 1 | 1 | : its features are [1, 2, 1] (expected 1 sequences, 3 values, 1 steps, in format NCW)",
      })
  void whatIsNotTokensIsRefused(
      String features, String labels, float featuresMask, float labelsMask, String message) {
    DataSet data =
        new DataSet(
            column(features),
            column(labels),
            Nd4j.create(new float[][] {{featuresMask}}),
            Nd4j.create(new float[][] {{labelsMask}}));
    assertEquals(
        message,
        assertThrows(MinibatchReader.NotTokensException.class, () -> ONE_HOT.read(data))
            .getMessage());
  }

  private static INDArray column(String numbers) {
    String[] words = numbers.split(" ", -1);
    INDArray column = Nd4j.zeros(1, words.length, 1);
    for (int k = 0; k < words.length; k++) {
      column.putScalar(0, k, 0, Float.parseFloat(words[k]));
    }
    return column;
  }
}
