package io.unroll.driver.train;

import java.util.Locale;
import org.apache.spark.SparkContext;

/** How many lanes Spark trains at a time, and on how many cores each. */
final class LaneSlots {
  private static final String TASK_CORES = "spark.task.cpus";
  private static final String EXECUTOR_CORES = "spark.executor.cores";

  private LaneSlots() {}

  /** Cores of a task, and so of a lane. */
  static int cores(SparkContext spark) {
    return spark.getConf().getInt(TASK_CORES, 1);
  }

  /** Tasks that run at a time, at least 1. */
  static int count(SparkContext spark) {
    return Math.max(1, spark.defaultParallelism() / cores(spark));
  }

  /**
   * What to change where lanes compute on one of several cores of an executor, which costs memory
   * and learning; empty where nothing is to be said.
   */
  static String advice(SparkContext spark) {
    int executorCores = spark.getConf().getInt(EXECUTOR_CORES, 1);
    if (spark.isLocal() || cores(spark) > 1 || executorCores == 1) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "A lane computes on 1 of the %1$d cores of an executor, which holds %1$d copies of the"
            + " model. With %2$s=%1$d one lane computes on all of them and learns more of each"
            + " token: see deploy/README.md",
        executorCores,
        TASK_CORES);
  }
}
