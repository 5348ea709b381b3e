package io.unroll.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.report.RunEvent;
import io.unroll.driver.report.RunListener;
import io.unroll.driver.report.Scalars;
import io.unroll.driver.report.TokenUnit;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a tracking server of MLflow about a run, where {@code MLFLOW_TRACKING_URI} names one: its
 * settings as parameters, its numbers as metrics with the round as step. A run that goes on goes on
 * there too. A server that cannot be reached costs a warning, never the training: what is to be
 * told is told by a thread of its own.
 */
public final class MlflowRun implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowRun.class);
  private static final String TAG = "unroll.run";
  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST_VALUE = 500;
  private static final int SECONDS_AT_THE_END = 30;

  private final MlflowServer server;
  private final Description run;
  private final TokenUnit unit;
  private final ExecutorService thread;
  private String id = "";
  private boolean failed;
  private Optional<End> end = Optional.empty();

  /**
   * A run as the server is to know it.
   *
   * @param experiment name of the experiment
   * @param uri of its directory, which tells it from others
   * @param goesOn whether an earlier start of it may be known already
   * @param parameters its settings
   * @param tags what else is told of it
   */
  public record Description(
      String experiment,
      String uri,
      boolean goesOn,
      Map<String, String> parameters,
      Map<String, String> tags) {
    /** The last part of the place. */
    String name() {
      return uri.substring(uri.lastIndexOf('/') + 1);
    }
  }

  /**
   * The listener that the environment asks for, if it does.
   *
   * @param environment variables of the process
   */
  public static Optional<RunListener> of(
      Map<String, String> environment, Description run, TokenUnit unit) {
    String address = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (!address.matches("https?://.*") || !isPlace(address)) {
      LOG.warn(
          "MLflow is told nothing: MLFLOW_TRACKING_URI is no address of a server (expected http://HOST:PORT)");
      return Optional.empty();
    }
    return Optional.of(new MlflowRun(new MlflowServer(address, environment), run, unit));
  }

  private static boolean isPlace(String address) {
    try {
      return URI.create(address).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private MlflowRun(MlflowServer server, Description run, TokenUnit unit) {
    this.server = server;
    this.run = run;
    this.unit = unit;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread own = new Thread(task, "mlflow");
              own.setDaemon(true);
              return own;
            });
    later(this::begin);
  }

  /** What is told, on the listener's own thread. */
  private interface Message {
    void send() throws IOException, InterruptedException;
  }

  private void later(Message message) {
    thread.execute(
        () -> {
          if (!failed) {
            try {
              message.send();
            } catch (IOException | RuntimeException e) {
              failed = true;
              LOG.warn("MLflow is told nothing more of this run: {}", reason(e));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
  }

  /** A refused connection has no message. */
  private static String reason(Exception e) {
    return e.getMessage() == null ? "its server cannot be reached" : e.getMessage();
  }

  private void begin() throws IOException, InterruptedException {
    String experiment = server.experiment(run.experiment());
    Optional<String> known = run.goesOn() ? known(experiment) : Optional.empty();
    if (known.isPresent()) {
      id = known.get();
      server.post("runs/update", named().put("status", "RUNNING"));
      return;
    }
    ObjectNode asked =
        object()
            .put("experiment_id", experiment)
            .put("run_name", run.name())
            .put("start_time", System.currentTimeMillis());
    ArrayNode tags = asked.putArray("tags");
    tags.addObject().put("key", TAG).put("value", run.uri());
    run.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    id = server.post("runs/create", asked).at("/run/info/run_id").asText();
    List<Map.Entry<String, String>> parameters = new ArrayList<>(run.parameters().entrySet());
    for (int from = 0; from < parameters.size(); from += MOST_PARAMETERS) {
      int to = Math.min(parameters.size(), from + MOST_PARAMETERS);
      ObjectNode batch = named();
      ArrayNode values = batch.putArray("params");
      for (Map.Entry<String, String> each : parameters.subList(from, to)) {
        String value = each.getValue();
        values
            .addObject()
            .put("key", each.getKey())
            .put("value", value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
      }
      server.post("runs/log-batch", batch);
    }
  }

  /** The newest run of this directory. */
  private Optional<String> known(String experiment) throws IOException, InterruptedException {
    ObjectNode asked = object();
    asked.putArray("experiment_ids").add(experiment);
    asked.put("filter", "tags.\"%s\" = '%s'".formatted(TAG, run.uri().replace("'", "\\'")));
    asked.putArray("order_by").add("attributes.start_time DESC");
    JsonNode found = server.post("runs/search", asked.put("max_results", 1));
    JsonNode runId = found.at("/runs/0/info/run_id");
    return runId.isMissingNode() ? Optional.empty() : Optional.of(runId.asText());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode named() {
    return object().put("run_id", id);
  }

  @Override
  public void tell(RunEvent event) {
    long now = System.currentTimeMillis();
    Map<String, Double> scalars = Scalars.of(event, unit);
    if (scalars.isEmpty()) {
      return;
    }
    later(
        () -> {
          ObjectNode batch = named();
          ArrayNode metrics = batch.putArray("metrics");
          scalars.forEach(
              (key, value) ->
                  metrics
                      .addObject()
                      .put("key", key)
                      .put("value", value)
                      .put("timestamp", now)
                      .put("step", event.round()));
          server.post("runs/log-batch", batch);
        });
  }

  @Override
  public void ended(End how) {
    end = Optional.of(how);
  }

  @Override
  public void close() {
    String status = end.map(how -> how == End.DONE ? "FINISHED" : "KILLED").orElse("FAILED");
    long now = System.currentTimeMillis();
    later(() -> server.post("runs/update", named().put("status", status).put("end_time", now)));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(SECONDS_AT_THE_END, TimeUnit.SECONDS)) {
        LOG.warn("MLflow was not told the end of this run in time");
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
