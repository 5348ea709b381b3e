package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import scala.Option;

class SparkSessionsTest {
  private static final String AUTHENTICATE = "spark.authenticate";

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
  void localModeTalksOnlyToWhoKnowsARandomSecret() {
    SparkConf local = SparkSessions.configuration("x", "local[2]");
    assertNotEquals(secret(local), secret(local));
    assertFalse(SparkSessions.configuration("x", "local-cluster[1,1,512]").contains(AUTHENTICATE));
    assertFalse(SparkSessions.configuration("x", "spark://host:7077").contains(AUTHENTICATE));
    System.setProperty(AUTHENTICATE, "false");
    try {
      assertEquals("false", SparkSessions.configuration("x", "local[2]").get(AUTHENTICATE));
    } finally {
      System.clearProperty(AUTHENTICATE);
    }
  }

  /** What Spark makes at its start. */
  private static String secret(SparkConf conf) {
    SecurityManager security =
        new SecurityManager(
            conf,
            Option.empty(),
            org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE());
    assertTrue(security.isAuthenticationEnabled());
    security.initializeAuth();
    String secret = security.getSecretKey();
    assertTrue(secret.length() >= 32, secret);
    return secret;
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

  @Test
  void countsTheCoresOfThisMachineThatAMasterTakes() {
    assertEquals(1, cores("local"));
    assertEquals(3, cores("local[3]"));
    assertEquals(4, cores("local[4,2]"));
    assertEquals(Runtime.getRuntime().availableProcessors(), cores("local[*]"));
    for (String other :
        List.of("spark://host:7077", "yarn", "local-cluster[2,1,512]", "local[x]")) {
      assertEquals(0, cores(other));
    }
  }

  private static int cores(String master) {
    return SparkSessions.localCores(SparkSessions.configuration("x", master));
  }

  /** What stands there would keep train from giving a lane all cores of this machine. */
  @Test
  void theDefaultsOfTheProjectLeaveTheCoresOfATaskOpen() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../conf/spark-defaults.conf"));
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("spark.task.cpus")));
  }
}
