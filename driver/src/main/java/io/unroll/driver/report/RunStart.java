package io.unroll.driver.report;

/**
 * A start of the training command, and what it runs on.
 *
 * @param round rounds that are done already: 0 for a new run
 * @param version of Unroll
 * @param host name of the machine of the driver
 * @param master Spark's master, such as {@code local[2]}
 * @param cores that Spark offers at the start, over all executors
 * @param java version of Java there
 * @param spark version of Spark there
 */
public record RunStart(
    int round, String version, String host, String master, int cores, String java, String spark)
    implements RunEvent {

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public RunStart {
    Checks.require(round >= 0, "round", round, ">= 0");
    Checks.require(cores >= 0, "cores", cores, ">= 0");
  }
}
