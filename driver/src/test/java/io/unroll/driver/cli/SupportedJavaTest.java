package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportedJavaTest {
  @ParameterizedTest
  @CsvSource({"3.5.9, 24", "4.0.4, 25", "4.1.3, 25", "4.1.0-SNAPSHOT, 30"})
  void refusesASparkThatNeedsAnOlderJava(String spark, int java) {
    assertEquals(
        Optional.of(
            "Cannot use Spark %s on Java %s (expected Spark 3.5 to 4.1 with Java 17 or 21; Java 24 and later need Spark 4.2). Set JAVA_HOME to such a Java, or SPARK_HOME to such a Spark"
                .formatted(spark, Integer.toString(java))),
        SupportedJava.refusal(spark, java));
  }

  @ParameterizedTest
  @CsvSource({"3.5.9, 17", "3.5.9, 21", "4.1.3, 23", "4.2.0, 17", "4.2.0, 25", "5.0.0, 30"})
  void takesTheOthers(String spark, int java) {
    assertEquals(Optional.empty(), SupportedJava.refusal(spark, java));
  }

  @Test
  void takesWhatThisTestRunsOn() {
    assertDoesNotThrow(SupportedJava::require);
  }
}
