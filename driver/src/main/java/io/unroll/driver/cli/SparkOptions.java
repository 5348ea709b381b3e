package io.unroll.driver.cli;

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

  SparkSession open(String command) {
    return SparkSessions.open("unroll " + command, master);
  }

  /**
   * Where Spark runs on this machine, its cores are divided among so many tasks, unless {@code
   * spark.task.cpus} says otherwise.
   */
  SparkSession open(String command, int tasks) {
    return SparkSessions.open("unroll " + command, master, tasks);
  }
}
