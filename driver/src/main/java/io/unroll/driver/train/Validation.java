package io.unroll.driver.train;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.ValidationSettings;
import io.unroll.driver.data.Measurable;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.evaluate.EvaluationJob;
import io.unroll.driver.round.RoundSchedule;
import io.unroll.driver.run.Progress;
import io.unroll.driver.transfer.Retries;
import io.unroll.worker.data.Example;
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
  private JavaRDD<Measurable> measurables;

  private Validation(
      JavaSparkContext context,
      SplitData split,
      Architecture architecture,
      ValidationSettings settings) {
    this.context = context;
    this.split = split;
    this.measurables = split.measurables().persist(StorageLevel.MEMORY_AND_DISK());
    this.architecture = architecture;
    this.settings = settings;
  }

  /**
   * Prepares for the split that the settings name.
   *
   * @throws io.unroll.dataprep.DataException if the dataset lacks it or it has nothing to predict
   */
  static Validation of(
      SparkSession spark,
      DatasetDirectory dataset,
      Architecture architecture,
      RunConfiguration configuration) {
    ValidationSettings settings = configuration.validation();
    return new Validation(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        SplitData.open(spark, dataset, settings.split()),
        architecture,
        settings);
  }

  /** Whether to judge after a round: after every so many, or at the end of each epoch. */
  boolean dueAfter(Progress progress, RoundSchedule schedule) {
    return settings.every().isPresent()
        ? progress.rounds() % settings.every().getAsInt() == 0
        : schedule.endsEpoch(progress);
  }

  /**
   * A model that was judged.
   *
   * @param tally what was measured of it
   */
  record Judged(float[] parameters, Tally tally) {}

  Judged judge(float[] parameters) {
    return new Judged(parameters, Retries.untilWhole("the validation", () -> attempt(parameters)));
  }

  private Tally attempt(float[] parameters) {
    try {
      return EvaluationJob.run(context, measurables, architecture, parameters);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      // The shuffle that they came through may be damaged.
      measurables.unpersist(true);
      measurables = split.measurables().persist(StorageLevel.MEMORY_AND_DISK());
      throw e;
    }
  }

  /** The first examples of the split. */
  List<Example> examples(int count) {
    return split.examples().flatMap(List::iterator).take(count);
  }

  /** The first sequences of the split. */
  List<Segment> segments(int count) {
    return split.segments().flatMap(List::iterator).take(count);
  }

  @Override
  public void close() {
    measurables.unpersist(true);
  }
}
