package io.unroll.driver.dl4j.example;

import io.unroll.driver.dl4j.UnrollTrainingMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The program of docs/deeplearning4j.md: a character model on Spark by Deeplearning4j, trained by
 * its ParameterAveragingTrainingMaster, with settings that suit the data or its defaults, or by
 * Unroll's. One line differs.
 *
 * <pre>CharacterModel TEXT EPOCHS unroll|dl4j|dl4j-default [AVERAGING-FREQUENCY [LEARNING-RATE]]
 * </pre>
 *
 * <p>Prints the validation loss in nats per character and the time after each epoch.
 */
public final class CharacterModel {
  private static final int HIDDEN = 128;
  private static final int LAYERS = 2;
  private static final int BATCH = 32;
  private static final int TIME = 200;
  private static final int WINDOW = 50;
  private static final double TRAINING_SHARE = 0.95;
  private static final int AVERAGING_FREQUENCY = 10;
  private static final double LEARNING_RATE = 0.005;

  private CharacterModel() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3 || arguments.length > 5) {
      System.err.println(
          "Usage: CharacterModel TEXT EPOCHS unroll|dl4j|dl4j-default [AVERAGING-FREQUENCY [LEARNING-RATE]]");
      System.exit(2);
    }
    CharacterText text = CharacterText.read(Path.of(arguments[0]));
    int epochs = Integer.parseInt(arguments[1]);
    int frequency = arguments.length > 3 ? Integer.parseInt(arguments[3]) : AVERAGING_FREQUENCY;
    double rate = arguments.length > 4 ? Double.parseDouble(arguments[4]) : LEARNING_RATE;
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "characters"))) {
      TrainingMaster<?, ?> master =
          switch (arguments[2]) {
            case "unroll" ->
                new UnrollTrainingMaster.Builder().averagingFrequency(frequency).build();
            case "dl4j" -> theirs(spark.defaultParallelism(), frequency);
            case "dl4j-default" -> new ParameterAveragingTrainingMaster.Builder(BATCH).build();
            default ->
                throw new IllegalArgumentException("Unknown training master: " + arguments[2]);
          };
      train(spark, text, epochs, rate, master);
    }
  }

  private static void train(
      JavaSparkContext spark,
      CharacterText text,
      int epochs,
      double rate,
      TrainingMaster<?, ?> master) {
    Broadcast<CharacterText> shared = spark.broadcast(text);
    JavaRDD<DataSet> training =
        spark
            .parallelize(text.begins(0, TRAINING_SHARE, BATCH, TIME))
            .map(begin -> shared.value().minibatch(begin, BATCH, TIME));
    List<DataSet> validation =
        text.begins(TRAINING_SHARE, 1, BATCH, TIME).stream()
            .map(begin -> text.minibatch(begin, BATCH, TIME))
            .toList();
    if (validation.isEmpty()) {
      throw new IllegalArgumentException(
          "The text is too short (expected at least 130,000 characters)");
    }

    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(spark, network(text.characters().length, rate), master);
    System.out.printf(
        Locale.ROOT, "%d data sets of %d characters%n", training.count(), BATCH * TIME);
    double seconds = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      long begin = System.nanoTime();
      network.fit(training);
      seconds += (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "epoch %d   validation loss %.4f   %.1f s%n",
          epoch + 1,
          loss(network.getNetwork(), validation),
          seconds);
    }
  }

  private static TrainingMaster<?, ?> theirs(int workers, int frequency) {
    return new ParameterAveragingTrainingMaster.Builder(workers, BATCH)
        .batchSizePerWorker(BATCH)
        .averagingFrequency(frequency)
        .workerPrefetchNumBatches(2)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .build();
  }

  private static MultiLayerConfiguration network(int characters, double rate) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(12345)
            .l2(0.0001)
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(rate))
            .list();
    for (int layer = 0; layer < LAYERS; layer++) {
      layers.layer(
          new LSTM.Builder()
              .nIn(layer == 0 ? characters : HIDDEN)
              .nOut(HIDDEN)
              .activation(Activation.TANH)
              .build());
    }
    return layers
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(HIDDEN)
                .nOut(characters)
                .activation(Activation.SOFTMAX)
                .build())
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(WINDOW)
        .build();
  }

  /** Nats per character, without the penalty of L2. */
  private static double loss(MultiLayerNetwork network, List<DataSet> minibatches) {
    double sum = 0;
    for (DataSet minibatch : minibatches) {
      sum += network.score(minibatch) - network.calcRegularizationScore(true);
    }
    return sum / minibatches.size() / TIME;
  }
}
