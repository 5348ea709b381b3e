package io.unroll.driver.serve;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of a server, in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format of
 * Prometheus</a>.
 */
final class ServeMetrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Requests of one path that ended with one status. */
  private record Kind(String path, int status) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int order = path.compareTo(other.path);
      return order == 0 ? Integer.compare(status, other.status) : order;
    }
  }

  private final Map<Kind, Long> requests = new TreeMap<>();
  private final Map<String, Double> seconds = new TreeMap<>();
  private final String model;
  private long tokens;
  private int running;

  /**
   * @param model its name
   */
  ServeMetrics(String model) {
    this.model = model;
  }

  synchronized void begin() {
    running++;
  }

  /**
   * Counts a request.
   *
   * @param path one of the server's own
   * @param status 0 if the client was gone before it was answered
   */
  synchronized void end(String path, int status, double took, long counted) {
    running--;
    requests.merge(new Kind(path, status), 1L, Long::sum);
    seconds.merge(path, took, Double::sum);
    tokens += counted;
  }

  synchronized byte[] text() {
    StringBuilder text = new StringBuilder();
    head(
        text,
        "unroll_requests_total",
        "counter",
        "Requests by path and status; 0: the client left.");
    requests.forEach(
        (kind, count) ->
            append(
                text,
                "unroll_requests_total{path=\"%s\",status=\"%d\"} %d\n",
                kind.path(),
                kind.status(),
                count));
    head(text, "unroll_request_seconds", "summary", "Time that requests took, by path.");
    seconds.forEach(
        (path, sum) -> {
          append(text, "unroll_request_seconds_sum{path=\"%s\"} %.6f\n", path, sum);
          append(text, "unroll_request_seconds_count{path=\"%s\"} %d\n", path, count(path));
        });
    head(text, "unroll_tokens_total", "counter", "Tokens that were read and written.");
    append(text, "unroll_tokens_total %d\n", tokens);
    head(text, "unroll_requests_running", "gauge", "Requests that are being answered.");
    append(text, "unroll_requests_running %d\n", running);
    head(text, "unroll_model_info", "gauge", "The model that is served.");
    append(text, "unroll_model_info{model=\"%s\"} 1\n", escaped(model));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private long count(String path) {
    return requests.entrySet().stream()
        .filter(entry -> entry.getKey().path().equals(path))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    append(text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
  }

  private static void append(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
