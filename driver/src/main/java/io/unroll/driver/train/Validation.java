package io.unroll.driver.train;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.ValidationSettings;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.evaluate.EvaluationJob;
import io.unroll.driver.round.RoundSchedule;
import io.unroll.driver.run.Progress;
import io.unroll.driver.transfer.Retries;
import io.unroll.worker.evaluate.Segment;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Tally;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Judges models on the validation split, which it keeps cached. */
final class Validation implements AutoCloseable {
  private final JavaSparkContext context;
  private final SplitData split;
  private final Architecture architecture;
  private final ValidationSettings settings;
  private JavaRDD<List<Segment>> segments;

  private Validation(
      JavaSparkContext context,
      SplitData split,
      Architecture architecture,
      ValidationSettings settings) {
    this.context = context;
    this.split = split;
    this.segments = split.segments().persist(StorageLevel.MEMORY_AND_DISK());
    this.architecture = architecture;
    this.settings = settings;
  }

  /**
   * Prepares for the split that the settings name.
   *
   * @throws io.unroll.dataprep.DataException if the dataset lacks it or it has nothing to predict
   */
  static Validation of(
      SparkSession spark, DatasetDirectory dataset, RunConfiguration configuration) {
    ValidationSettings settings = configuration.validation();
    return new Validation(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        SplitData.open(spark, dataset, settings.split()),
        configuration.model().architecture(dataset.vocabulary().size()),
        settings);
  }

  /** Whether to judge after a round: after every so many, or at the end of each epoch. */
  boolean dueAfter(Progress progress, RoundSchedule schedule) {
    return settings.every().isPresent()
        ? progress.rounds() % settings.every().getAsInt() == 0
        : schedule.endsEpoch(progress);
  }

  Tally evaluate(float[] parameters) {
    return Retries.untilWhole("the validation", () -> attempt(parameters));
  }

  private Tally attempt(float[] parameters) {
    try {
      return EvaluationJob.run(context, segments, architecture, parameters);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      // The shuffle that they came through may be damaged.
      segments.unpersist(true);
      segments = split.segments().persist(StorageLevel.MEMORY_AND_DISK());
      throw e;
    }
  }

  @Override
  public void close() {
    segments.unpersist(true);
  }
}
