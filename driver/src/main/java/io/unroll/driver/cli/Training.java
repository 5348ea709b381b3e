package io.unroll.driver.cli;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.train.TrainingResult;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;

/** What the train command calls. */
@FunctionalInterface
interface Training {
  /**
   * Trains, or goes on with the run that is there.
   *
   * @param log receives progress and samples
   * @param stop asked after each round whether to stop with a checkpoint
   */
  TrainingResult run(
      SparkSession spark, RunConfiguration configuration, ProgressLog log, BooleanSupplier stop);
}
