package io.unroll.driver.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class NgramBaselineIT {
  @Test
  void countsAsTheFormulasRead() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("unroll-driver-tests")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(org.apache.spark.SparkContext.getOrCreate(conf));
    // Counted: 0>1 twice, 1>0, 1>2. Targets: 0 once, 1 twice, 2 once. N = 4, V = 4.
    var counted = context.parallelize(List.of(new int[] {0, 1, 0, 1, 2}), 2);
    // Judged: 0>1, 1>2, and 3>0, whose history was never seen.
    var judged = context.parallelize(List.of(new int[] {0, 1, 2}, new int[] {3, 0}), 2);
    NgramBaseline baseline = NgramBaseline.of(context, counted, judged, 4);
    double p0 = 2 / 8.0;
    double p1 = 3 / 8.0;
    double p2 = 2 / 8.0;
    assertEquals(3, baseline.tokens());
    assertEquals(-(Math.log(p1) + Math.log(p2) + Math.log(p0)) / 3, baseline.unigram(), 1e-12);
    double after0 = (2 + 1 * p1) / (2 + 1);
    double after1 = (1 + 2 * p2) / (2 + 2);
    assertEquals(
        -(Math.log(after0) + Math.log(after1) + Math.log(p0)) / 3, baseline.bigram(), 1e-12);
    var certain = context.parallelize(List.of(new int[] {0, 0, 0}), 1);
    // Not -0, which would be printed as such.
    assertEquals(new NgramBaseline(0.0, 0.0, 2), NgramBaseline.of(context, certain, certain, 1));
  }
}
