package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
}
