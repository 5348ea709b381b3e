package io.unroll.driver.track;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Puts the numbers of a training among Spark's metrics, where its sinks and its page show them: the
 * setting {@code spark.plugins} of a session, which {@code train} sets.
 */
public final class UnrollPlugin implements SparkPlugin {
  /** For Spark. */
  public UnrollPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public void registerMetrics(String application, PluginContext context) {
        TrainingGauges.register(context.metricRegistry());
      }
    };
  }

  /** Executors have none. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
