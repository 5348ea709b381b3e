package io.unroll.driver.cli;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.train.RunControl;
import io.unroll.driver.train.TrainingResult;
import org.apache.spark.sql.SparkSession;

/** What the train command calls. */
@FunctionalInterface
interface Training {
  /**
   * Trains, or goes on with the run that is there.
   *
   * @param log receives progress and samples
   * @param control asked after each round whether to stop with a checkpoint, and told the result
   */
  TrainingResult run(
      SparkSession spark, RunConfiguration configuration, ProgressLog log, RunControl control);
}
