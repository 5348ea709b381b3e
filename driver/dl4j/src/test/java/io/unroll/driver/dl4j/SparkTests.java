package io.unroll.driver.dl4j;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** One Spark for the tests of this module, in this process. */
final class SparkTests {
  static final int CORES = 2;

  private static final JavaSparkContext CONTEXT =
      new JavaSparkContext(
          new SparkConf()
              .setMaster(String.format(Locale.ROOT, "local[%d]", CORES))
              .setAppName("dl4j")
              .set("spark.ui.enabled", "false")
              .set("spark.driver.host", "127.0.0.1")
              .set("spark.driver.bindAddress", "127.0.0.1"));

  private SparkTests() {}

  static JavaSparkContext context() {
    return CONTEXT;
  }
}
