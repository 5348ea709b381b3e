package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {
  @Test
  void masterIsTheFlagThenSparkSubmitsThenAllLocalCores() {
    assertEquals("local[*]", SparkSessions.configuration("x", null).get("spark.master"));
    System.setProperty("spark.master", "spark://host:7077");
    try {
      SparkConf submitted = SparkSessions.configuration("x", null);
      assertEquals("spark://host:7077", submitted.get("spark.master"));
      assertFalse(submitted.contains("spark.driver.host"));
      assertEquals("local[3]", SparkSessions.configuration("x", "local[3]").get("spark.master"));
    } finally {
      System.clearProperty("spark.master");
    }
  }

  @Test
  void localModeListensOnTheLoopbackOnlyAndHasNoPages() {
    SparkConf local = SparkSessions.configuration("x", "local[2]");
    assertEquals("127.0.0.1", local.get("spark.driver.host"));
    assertEquals("127.0.0.1", local.get("spark.driver.bindAddress"));
    assertEquals("false", local.get("spark.ui.enabled"));
  }

  @Test
  void recordsGoByJavaSerializationWhateverTheClustersDefault() {
    System.setProperty("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    try {
      assertEquals(
          "org.apache.spark.serializer.JavaSerializer",
          SparkSessions.configuration("x", null).get("spark.serializer"));
    } finally {
      System.clearProperty("spark.serializer");
    }
  }

  @Test
  void theStallLimitIsAPositiveTime() {
    SparkConf conf = new SparkConf(false);
    assertEquals(Duration.ofMinutes(10), StallLimit.in(conf));
    assertEquals(Duration.ofSeconds(90), StallLimit.in(conf.set(StallLimit.PROPERTY, "90s")));
    for (String wrong : List.of("soon", "0s", "-5s", "")) {
      conf.set(StallLimit.PROPERTY, wrong);
      String message = assertThrows(UsageException.class, () -> StallLimit.in(conf)).getMessage();
      assertTrue(message.startsWith("spark.unroll.stallLimit is " + wrong), message);
    }
  }
}
