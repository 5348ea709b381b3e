package io.unroll.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A tracking server of MLflow, asked by its <a
 * href="https://mlflow.org/docs/latest/rest-api.html">REST API</a> (2.0).
 */
final class MlflowServer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final Optional<String> authorization;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param address of the server
   * @param environment has user and password, or a token, as MLflow's own clients read them
   */
  MlflowServer(String address, Map<String, String> environment) {
    this.base = address.replaceAll("/+$", "") + "/api/2.0/mlflow/";
    this.authorization = authorization(environment);
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    if (user.isEmpty()) {
      return Optional.empty();
    }
    String both = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** The id of the experiment of that name, which is made if there is none. */
  String experiment(String name) throws IOException, InterruptedException {
    String query =
        "experiments/get-by-name?experiment_name="
            + URLEncoder.encode(name, StandardCharsets.UTF_8);
    HttpResponse<String> found = send(request(query).GET());
    if (found.statusCode() == NOT_FOUND) {
      ObjectNode asked = JsonNodeFactory.instance.objectNode().put("name", name);
      return post("experiments/create", asked).path("experiment_id").asText();
    }
    return checked(found).at("/experiment/experiment_id").asText();
  }

  /** The answer to a request with a body. */
  JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return checked(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode checked(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != OK) {
      String body = answer.body();
      throw new IOException(
          String.format(
              Locale.ROOT,
              "status %d: %s",
              answer.statusCode(),
              body.length() > 300 ? body.substring(0, 300) + "..." : body));
    }
    return JSON.readTree(answer.body());
  }
}
