package io.unroll.driver.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.unroll.driver.report.RunListener;
import io.unroll.driver.report.TokenUnit;
import io.unroll.driver.report.ValidationMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tracking server is told of a run. */
class MlflowRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Path and body of each request. */
  private final List<String> paths = Collections.synchronizedList(new ArrayList<>());

  private final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  /** By path; others are answered by an empty object. */
  private final Map<String, String> answers = new TreeMap<>();

  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answers.put("experiments/get-by-name", "{\"experiment\":{\"experiment_id\":\"7\"}}");
    answers.put("runs/create", "{\"run\":{\"info\":{\"run_id\":\"abc\"}}}");
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    paths.add(path);
    bodies.add(body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body));
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String answer = answers.getOrDefault(path, "{}");
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.startsWith("{") ? 200 : 404, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static MlflowRun.Description run(boolean goesOn, Map<String, String> parameters) {
    return new MlflowRun.Description(
        "nights", "file:/runs/it's one", goesOn, parameters, Map.of("version", "1"));
  }

  private RunListener listener(MlflowRun.Description run) {
    return MlflowRun.of(Map.of("MLFLOW_TRACKING_URI", address() + "/"), run, TokenUnit.WORD)
        .orElseThrow();
  }

  private static ValidationMetrics validation(double loss) {
    return new ValidationMetrics(3, 1, loss, 100, true, 1);
  }

  @Test
  void parametersMetricsAndTheEndAreTold() throws IOException {
    Map<String, String> parameters = new TreeMap<>();
    for (int x = 0; x < 150; x++) {
      parameters.put("key" + x, "v".repeat(600));
    }
    try (RunListener listener = listener(run(false, parameters))) {
      listener.tell(validation(2));
      listener.ended(RunListener.End.DONE);
    }
    assertEquals(
        List.of(
            "experiments/get-by-name",
            "runs/create",
            "runs/log-batch",
            "runs/log-batch",
            "runs/log-batch",
            "runs/update"),
        paths);
    assertEquals("7", bodies.get(1).get("experiment_id").asText());
    assertEquals("it's one", bodies.get(1).get("run_name").asText());
    assertEquals("file:/runs/it's one", bodies.get(1).at("/tags/0/value").asText());
    assertEquals(100, bodies.get(2).get("params").size());
    assertEquals(50, bodies.get(3).get("params").size());
    assertEquals(500, bodies.get(3).at("/params/0/value").asText().length());
    JsonNode metric = bodies.get(4).at("/metrics/0");
    assertEquals("loss/valid", metric.get("key").asText());
    assertEquals(2, metric.get("value").asDouble());
    assertEquals(3, metric.get("step").asInt());
    assertEquals("perplexity/valid", bodies.get(4).at("/metrics/1/key").asText());
    assertEquals("abc", bodies.get(5).get("run_id").asText());
    assertEquals("FINISHED", bodies.get(5).get("status").asText());
  }

  @Test
  void anInterruptedRunAndAFailedOneAreToldApart() throws IOException {
    try (RunListener listener = listener(run(false, Map.of()))) {
      listener.ended(RunListener.End.INTERRUPTED);
    }
    listener(run(false, Map.of())).close();
    List<String> ends =
        bodies.stream()
            .filter(body -> body.has("end_time"))
            .map(body -> body.get("status").asText())
            .toList();
    assertEquals(List.of("KILLED", "FAILED"), ends);
  }

  @Test
  void oneThatGoesOnGoesOnThere() throws IOException {
    answers.put("runs/search", "{\"runs\":[{\"info\":{\"run_id\":\"old\"}}]}");
    try (RunListener listener = listener(run(true, Map.of("key", "value")))) {
      listener.tell(validation(2));
      listener.ended(RunListener.End.DONE);
    }
    assertEquals(
        List.of(
            "experiments/get-by-name",
            "runs/search",
            "runs/update",
            "runs/log-batch",
            "runs/update"),
        paths);
    assertEquals(
        "tags.\"unroll.run\" = 'file:/runs/it\\'s one'", bodies.get(1).get("filter").asText());
    assertEquals("RUNNING", bodies.get(2).get("status").asText());
    assertEquals("old", bodies.get(3).get("run_id").asText());
  }

  @Test
  void anExperimentThatIsNotThereIsMade() throws IOException {
    answers.put("experiments/get-by-name", "no such experiment");
    answers.put("experiments/create", "{\"experiment_id\":\"9\"}");
    listener(run(false, Map.of())).close();
    assertEquals("nights", bodies.get(1).get("name").asText());
    assertEquals("9", bodies.get(2).get("experiment_id").asText());
  }

  @Test
  void afterAFailureNothingMoreIsTold() throws IOException {
    answers.put("runs/create", "refused");
    try (RunListener listener = listener(run(false, Map.of("key", "value")))) {
      listener.tell(validation(2));
      listener.ended(RunListener.End.DONE);
    }
    assertEquals(List.of("experiments/get-by-name", "runs/create"), paths);
  }

  @Test
  void credentialsAreThoseOfMlflowsClients() throws IOException {
    String base = address();
    Map<String, String> user =
        Map.of(
            "MLFLOW_TRACKING_URI", base,
            "MLFLOW_TRACKING_USERNAME", "me",
            "MLFLOW_TRACKING_PASSWORD", "secret");
    MlflowRun.of(user, run(false, Map.of()), TokenUnit.WORD).orElseThrow().close();
    Map<String, String> token =
        Map.of("MLFLOW_TRACKING_URI", base, "MLFLOW_TRACKING_TOKEN", "token");
    MlflowRun.of(token, run(false, Map.of()), TokenUnit.WORD).orElseThrow().close();
    assertEquals("Basic bWU6c2VjcmV0", authorizations.get(0));
    assertEquals("Bearer token", authorizations.get(authorizations.size() - 1));
  }

  @Test
  void withoutAServerThereIsNoListener() {
    assertTrue(MlflowRun.of(Map.of(), run(false, Map.of()), TokenUnit.WORD).isEmpty());
    for (String odd : List.of("databricks", "file:/mlruns", "http://", "http://a b")) {
      Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", odd);
      assertTrue(MlflowRun.of(environment, run(false, Map.of()), TokenUnit.WORD).isEmpty(), odd);
    }
  }

  @Test
  void notANumberIsNoValueOfJson() throws IOException {
    try (RunListener listener = listener(run(false, Map.of()))) {
      listener.tell(validation(Double.NaN));
    }
    ObjectNode batch = (ObjectNode) bodies.get(2);
    assertEquals("NaN", batch.at("/metrics/0/value").asText());
  }
}
