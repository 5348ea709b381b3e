package io.unroll.driver.dl4j;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.round.MinibatchTraining;
import io.unroll.worker.train.LanePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.common.LoadDataSetFunction;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the network of a {@link SparkDl4jMultiLayer} on Unroll's engine: in the place of {@code
 * ParameterAveragingTrainingMaster}, the one line of a program that changes. Each fit is an epoch
 * in which every data set is used once; lanes train apart and are averaged every few steps, with
 * the state of the updater; parameters, updater state, iteration count and score are put back into
 * the network.
 *
 * <p>A data set is a minibatch, in windows of the configuration's truncated BPTT. The same network,
 * data, lanes and settings give the same bytes, on any cluster. Networks, options and data that
 * Unroll does not do exactly are refused before anything is trained ({@link
 * UnmappableNetworkException}, {@link InvalidDataSetException}).
 *
 * <p>Listeners are called on the driver: at the begin and end of each fit, and after each round,
 * when the network has the averaged parameters and the score of the round.
 */
public final class UnrollTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private static final Logger LOG = LoggerFactory.getLogger(UnrollTrainingMaster.class);

  private final OptionalInt lanes;
  private final int averagingFrequency;
  private final boolean averageUpdaters;
  private final int batchSize;

  private final List<TrainingListener> listeners = new ArrayList<>();

  private UnrollTrainingMaster(Builder builder) {
    this.lanes = builder.lanes;
    this.averagingFrequency = builder.averagingFrequency;
    this.averageUpdaters = builder.averageUpdaters;
    this.batchSize = builder.batchSize;
  }

  /** Settings, all with a default. */
  public static final class Builder {
    private OptionalInt lanes = OptionalInt.empty();
    private int averagingFrequency = 10;
    private boolean averageUpdaters = true;
    private int batchSize;

    /** Lanes that train side by side; as many as Spark has cores by default. */
    public Builder lanes(int count) {
      lanes = OptionalInt.of(atLeastOne("lanes", count));
      return this;
    }

    /** Steps, windows of truncated BPTT, between two averages; 10 by default. */
    public Builder averagingFrequency(int steps) {
      averagingFrequency = atLeastOne("averagingFrequency", steps);
      return this;
    }

    /** Whether the updaters' states are averaged too (default), or begin anew in each round. */
    public Builder averageUpdaters(boolean average) {
      averageUpdaters = average;
      return this;
    }

    /**
     * Puts data sets of a lane side by side as long as they have at most so many sequences
     * together, as for data sets of one example each. By default each is a minibatch as it is.
     */
    public Builder batchSizePerWorker(int sequences) {
      batchSize = atLeastOne("batchSizePerWorker", sequences);
      return this;
    }

    public UnrollTrainingMaster build() {
      return new UnrollTrainingMaster(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Invalid %s: %d (expected at least 1)", name, value));
      }
      return value;
    }
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer spark, JavaRDD<DataSet> data) {
    MultiLayerNetwork network = spark.getNetwork();
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    TrainingMapping mapping = TrainingMapping.of(configuration);
    NetworkState state = new NetworkState(network, mapping);
    listeners.forEach(listener -> listener.onEpochStart(network));
    int laneCount = lanes.orElse(spark.getSparkContext().defaultParallelism());
    try (DealtData dealt = DealtData.of(data, mapping.reader(), laneCount, batchSize)) {
      if (dealt.dataSets() == 0) {
        LOG.warn("There are no data sets: the network stays as it is");
      } else {
        train(spark, dealt, mapping, state);
      }
    }
    listeners.forEach(listener -> listener.onEpochEnd(network));
  }

  private void train(
      SparkDl4jMultiLayer spark, DealtData dealt, TrainingMapping mapping, NetworkState state) {
    int laneCount = dealt.lanes().getNumPartitions();
    AveragingSettings averaging = averaging(laneCount);
    int before = state.iterations();
    LanePlan plan = mapping.plan(dealt.batch(), dealt.time(), state.seed(), Integer.MAX_VALUE);
    int steps = dealt.steps(plan.window());
    LOG.info(
        "{} data sets in {} lanes, {} steps, averaged every {}",
        dealt.dataSets(),
        laneCount,
        steps,
        averagingFrequency);
    MinibatchTraining training =
        new MinibatchTraining(spark.getSparkContext(), dealt.lanes(), plan, averaging);
    MinibatchTraining.State end =
        training.epoch(
            state.read(averaging),
            steps,
            before,
            (done, predictions, loss, parameters) -> {
              state.putParameters(parameters);
              double score = loss + mapping.penalty(parameters);
              state.putRound(before + done, score);
              spark.setScore(score);
              listeners.forEach(
                  listener ->
                      listener.iterationDone(
                          state.network(), before + done, state.network().getEpochCount()));
            });
    state.put(end);
  }

  private AveragingSettings averaging(int laneCount) {
    return new AveragingSettings(
        OptionalInt.of(laneCount),
        OptionalInt.of(averagingFrequency),
        AveragingSettings.MAX_OVERHEAD.defaultValue().orElseThrow(),
        0,
        AveragingSettings.Outer.MEAN,
        0,
        1,
        averageUpdaters
            ? AveragingSettings.OptimizerState.AVERAGE
            : AveragingSettings.OptimizerState.RESET,
        0);
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer spark,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    if (spark == null || loader == null) {
      throw noGraphs();
    }
    RemoteFileSourceFactory files =
        new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(spark.getSparkContext()));
    executeTraining(spark, paths.map(new LoadDataSetFunction(loader, files)));
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    throw noGraphs();
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    throw noGraphs();
  }

  private static UnmappableNetworkException noGraphs() {
    return new UnmappableNetworkException(
        "it is a ComputationGraph (expected a MultiLayerNetwork, in a SparkDl4jMultiLayer)");
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw new UnsupportedOperationException(
        "UnrollTrainingMaster has no workers of Deeplearning4j: it trains in lanes of its own");
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw noGraphs();
  }

  @Override
  public void setListeners(Collection<TrainingListener> all) {
    listeners.clear();
    listeners.addAll(all);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> all) {
    setListeners(all);
  }

  @Override
  public void addHook(TrainingHook hook) {
    throw new UnsupportedOperationException(
        "UnrollTrainingMaster takes no hooks: they run in workers of Deeplearning4j. Use a TrainingListener");
  }

  @Override
  public void removeHook(TrainingHook hook) {
    // There is none.
  }

  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw new UnsupportedOperationException(
          "UnrollTrainingMaster collects no statistics: use a TrainingListener, or Spark's pages");
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  /** None. */
  @Override
  public SparkTrainingStats getTrainingStats() {
    return null;
  }

  @Override
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"@class\":\"%s\",\"lanes\":%s,\"averagingFrequency\":%d,\"averageUpdaters\":%b,\"batchSizePerWorker\":%d}",
        UnrollTrainingMaster.class.getName(),
        lanes.isPresent() ? lanes.getAsInt() : "null",
        averagingFrequency,
        averageUpdaters,
        batchSize);
  }

  /** JSON, which is YAML too. */
  @Override
  public String toYaml() {
    return toJson();
  }

  /** There are none. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext context) {
    return true;
  }

  @Override
  public boolean deleteTempFiles(SparkContext context) {
    return true;
  }
}
