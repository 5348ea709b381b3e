package io.unroll.driver.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** What every command that uses Spark has. */
final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master, such as local[2] or spark://host:7077 (default: what spark-submit gives,"
              + " else local[*])")
  private String master;

  @Option(
      names = "--ui",
      description =
          "shows Spark's page while the command runs (http://localhost:4040, or the next free port),"
              + " with metrics for Prometheus at /metrics/prometheus; on clusters the page is there"
              + " without")
  private boolean page;

  SparkSession open(String command) {
    return SparkSessions.open(configuration(command));
  }

  /**
   * Where Spark runs on this machine, its cores are divided among so many tasks, unless {@code
   * spark.task.cpus} says otherwise.
   */
  SparkSession open(String command, int tasks) {
    SparkConf conf = configuration(command);
    SparkSessions.divide(conf, tasks);
    return SparkSessions.open(conf);
  }

  private SparkConf configuration(String command) {
    SparkConf conf = SparkSessions.configuration("unroll " + command, master);
    if (page) {
      SparkSessions.showPage(conf);
    }
    return conf;
  }
}
