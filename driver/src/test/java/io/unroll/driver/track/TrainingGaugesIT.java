package io.unroll.driver.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.report.TokenUnit;
import io.unroll.driver.report.ValidationMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The numbers of a training on Spark's page, as Prometheus reads them. */
class TrainingGaugesIT {
  private static final String NAME =
      "metrics_unroll_driver_plugin_io_unroll_driver_track_UnrollPlugin_";

  private static String page(String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/metrics/prometheus/")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static double value(String page, String name) {
    String line =
        page.lines()
            .filter(each -> each.startsWith(NAME + name + "_Value{"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(page));
    return Double.parseDouble(line.substring(line.indexOf('}') + 2));
  }

  @Test
  void areThere() throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.plugins", UnrollPlugin.class.getName())
            .config("spark.metrics.namespace", "unroll")
            .config(
                "spark.metrics.conf.*.sink.prometheusServlet.class",
                "org.apache.spark.metrics.sink.PrometheusServlet")
            .config("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus")
            .getOrCreate()) {
      String address = spark.sparkContext().uiWebUrl().get();
      assertTrue(Double.isNaN(value(page(address), "loss_valid")));
      try (TrainingGauges gauges = new TrainingGauges(TokenUnit.CHARACTER)) {
        gauges.tell(new ValidationMetrics(4, 1, 1.5, 100, true, 1));
        String page = page(address);
        assertEquals(1.5, value(page, "loss_valid"));
        assertEquals(1.5 / Math.log(2), value(page, "bits_per_char_valid"), 1e-12);
        assertEquals(4, value(page, "progress_round"));
        assertTrue(value(page, "checkpoint_age_seconds") >= 0);
      }
      assertTrue(Double.isNaN(value(page(address), "loss_valid")));
    }
  }
}
