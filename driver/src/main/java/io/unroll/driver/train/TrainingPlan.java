package io.unroll.driver.train;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.config.AveragingSettings.OptimizerState;
import io.unroll.driver.config.OptimizerSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.TrainingSettings;
import io.unroll.driver.config.TrainingSettings.ClassWeights;
import io.unroll.driver.config.TrainingSettings.Order;
import io.unroll.driver.data.LaneData;
import io.unroll.driver.data.LaneSize;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.model.Task;
import io.unroll.driver.round.OuterStep;
import io.unroll.driver.round.RoundJob;
import io.unroll.driver.round.RoundLength;
import io.unroll.driver.round.RoundSchedule;
import io.unroll.driver.round.RoundTrainer;
import io.unroll.driver.run.Progress;
import io.unroll.driver.transfer.Retries;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.Objective;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * What is fixed when a run begins: the lanes with their data, what each of their steps does, and
 * which steps each round does.
 *
 * @param dataset what the lanes' data is read from, again where the cache is lost
 * @param task what the dataset asks for
 * @param lanes the data of each lane, cached, a partition each
 * @param sizes what an epoch of each lane holds
 */
record TrainingPlan(
    DatasetDirectory dataset,
    Task task,
    LanePlan lanePlan,
    RoundSchedule schedule,
    JavaRDD<LaneData> lanes,
    List<LaneSize> sizes) {

  /**
   * Reads the training split and plans.
   *
   * @param configuration with the number of lanes
   * @throws DataException if the split is too small for the lanes and their batches
   */
  static TrainingPlan of(
      SparkSession spark, DatasetDirectory dataset, Task task, RunConfiguration configuration) {
    int batch = configuration.training().batch();
    int window = task.window(configuration.training());
    int laneCount = configuration.averaging().lanes().orElseThrow();
    boolean ordered = configuration.training().order() == Order.DATASET;
    boolean balanced = configuration.training().classWeights() == ClassWeights.BALANCED;
    SplitData train = SplitData.open(spark, dataset, Split.TRAIN);
    train.requireWorkFor(laneCount, batch);
    spark.sparkContext().setJobDescription("read the training split");
    ReadLanes read =
        Retries.untilWhole(
            "the lanes of the training split",
            () -> ReadLanes.of(train.lanes(laneCount, ordered, balanced), batch, window));
    List<LaneSize> sizes = read.sizes();
    int epochSteps = sizes.stream().mapToInt(LaneSize::steps).max().orElseThrow();
    RoundSchedule schedule =
        new RoundSchedule(
            epochSteps,
            configuration.training().epochs(),
            configuration.training().maxRounds().orElse(Integer.MAX_VALUE),
            RoundLength.of(configuration.averaging()),
            configuration.averaging().optimizerState() != OptimizerState.RESET);
    Architecture architecture = task.architecture(configuration.model());
    LanePlan lanePlan =
        new LanePlan(
            architecture,
            objective(architecture, configuration.optimizer()),
            configuration.optimizer().rule(),
            configuration.optimizer().rate(epochSteps),
            configuration.clipping().clipping(),
            batch,
            window,
            stateReset(dataset, configuration),
            configuration.training().seed(),
            schedule.totalSteps());
    return new TrainingPlan(dataset, task, lanePlan, schedule, read.lanes(), sizes);
  }

  /** Lanes that are cached, with their sizes. */
  private record ReadLanes(JavaRDD<LaneData> lanes, List<LaneSize> sizes) {
    static ReadLanes of(JavaRDD<LaneData> lanes, int batch, int window) {
      lanes.persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return new ReadLanes(lanes, lanes.map(lane -> lane.size(batch, window)).collect());
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        lanes.unpersist(true);
        throw e;
      }
    }
  }

  /**
   * What trains the rounds of the plan; to be closed.
   *
   * @param run URI of the run directory
   */
  RoundTrainer trainer(JavaSparkContext context, AveragingSettings averaging, String run) {
    RoundJob job = new RoundJob(context, lanes, lanePlan, averaging.optimizerState(), run);
    return new RoundTrainer(job, OuterStep.of(averaging));
  }

  /** All parameters decay alike, as PyTorch's do. */
  private static Objective objective(Architecture architecture, OptimizerSettings optimizer) {
    if (optimizer.l2() == 0) {
      return Objective.PLAIN;
    }
    Map<String, Double> decay =
        architecture.layout().tensors().stream()
            .collect(Collectors.toMap(tensor -> tensor.name(), tensor -> optimizer.l2()));
    return new Objective(Objective.Mean.PREDICTIONS, decay, Set.of());
  }

  /** Captions begin from a fresh state anyway. */
  private static double stateReset(DatasetDirectory dataset, RunConfiguration configuration) {
    return dataset.manifest().kind() == DatasetKind.STREAM
        ? configuration.training().stateReset()
        : 0;
  }

  /** Predictions that no epoch makes, because they do not fill a row of a lane's batch. */
  long skipped() {
    return sizes.stream().mapToLong(LaneSize::skipped).sum();
  }

  /** How many of all predictions those are. */
  LeftOut leftOut() {
    return new LeftOut(predictions() + skipped(), skipped(), sizes.size(), lanePlan.batch());
  }

  /** Predictions that every epoch makes. */
  long predictions() {
    return sizes.stream().mapToLong(LaneSize::predictions).sum() - skipped();
  }

  /** Whether nothing is left to do: the last round is done, or one of the limits is reached. */
  boolean finished(Progress progress, TrainingSettings limits) {
    int patience = limits.patience();
    return schedule.finished(progress)
        || (patience > 0 && progress.validationsWithoutImprovement() >= patience)
        || limits.maxTime().filter(most -> progress.trainingTime().compareTo(most) >= 0).isPresent()
        || progress
            .best()
            .filter(best -> best.loss() <= limits.untilLoss().orElse(Double.NEGATIVE_INFINITY))
            .isPresent();
  }
}
