package io.unroll.driver.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.package$;

/**
 * Which Java goes with which Spark. Up to version 4.1, Spark comes with a Hadoop that asks for the
 * security manager's subject, which Java 24 took away: the first file that is opened fails.
 */
final class SupportedJava {
  private static final int FIRST_WITHOUT_SUBJECT = 24;

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private SupportedJava() {}

  /**
   * @throws SparkStartException if this Spark cannot run on this Java
   */
  static void require() {
    refusal(package$.MODULE$.SPARK_VERSION(), Runtime.version().feature())
        .ifPresent(
            refusal -> {
              throw new SparkStartException(refusal, null);
            });
  }

  /** Why a Spark cannot run on a Java, if it cannot. */
  static Optional<String> refusal(String spark, int java) {
    Matcher version = VERSION.matcher(spark);
    boolean old =
        version.matches()
            && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)) < 402;
    return old && java >= FIRST_WITHOUT_SUBJECT
        ? Optional.of(
            "Cannot use Spark %s on Java %s (expected Spark 3.5 to 4.1 with Java 17 or 21; Java 24 and later need Spark 4.2). Set JAVA_HOME to such a Java, or SPARK_HOME to such a Spark"
                .formatted(spark, Integer.toString(java)))
        : Optional.empty();
  }
}
