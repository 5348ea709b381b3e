package io.unroll.bench.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/** dl4j-spark's own parameter averaging on {@code local[cores]}, one worker per core. */
final class SparkTrainer implements Trainer {
  private final Workload load;
  private final MasterSettings master;
  private final int cores;
  private final JavaSparkContext spark;
  private final JavaRDD<DataSet> data;
  private final JavaRDD<DataSet> firstSplit;
  private final SparkDl4jMultiLayer network;

  /**
   * Starts Spark.
   *
   * @throws IllegalArgumentException if there are fewer minibatches than one split has
   */
  SparkTrainer(Workload load, MasterSettings master, int cores, List<DataSet> all) {
    int split = master.minibatchesPerSplit(cores);
    if (all.size() < split) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot train on %d minibatches: %d cores and an averaging frequency of %d take %d",
              all.size(),
              cores,
              master.averagingFrequency(),
              split));
    }
    this.load = load;
    this.master = master;
    this.cores = cores;
    this.spark = new JavaSparkContext(configuration(cores));
    this.data = spark.parallelize(all, cores);
    this.firstSplit = all.size() == split ? data : spark.parallelize(all.subList(0, split), cores);
    this.network =
        new SparkDl4jMultiLayer(
            spark,
            Networks.of(load),
            new ParameterAveragingTrainingMaster.Builder(cores, load.batch())
                .batchSizePerWorker(load.batch())
                .averagingFrequency(master.averagingFrequency())
                .workerPrefetchNumBatches(master.prefetch())
                .rddTrainingApproach(
                    master.export() ? RDDTrainingApproach.Export : RDDTrainingApproach.Direct)
                .trainingHooks(new TokenCounter())
                .build());
  }

  private static SparkConf configuration(int cores) {
    return new SparkConf()
        .setMaster("local[" + cores + "]")
        .setAppName("bench/dl4j")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  @Override
  public long fit() {
    return fit(data);
  }

  @Override
  public long warmUp() {
    return fit(firstSplit);
  }

  private long fit(JavaRDD<DataSet> minibatches) {
    long before = TokenCounter.tokens();
    network.fit(minibatches);
    return TokenCounter.tokens() - before;
  }

  @Override
  public double loss() {
    return network.getScore() / load.steps();
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("trainer", "ParameterAveragingTrainingMaster");
    settings.put("workers", cores);
    settings.put("averaging-frequency", master.averagingFrequency());
    settings.put("prefetch", master.prefetch());
    settings.put("approach", master.export() ? "export" : "direct");
    return settings;
  }

  @Override
  public void close() {
    spark.close();
  }
}
