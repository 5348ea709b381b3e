package io.unroll.driver.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request, and the answer to it. */
final class Call {
  private static final String JSON = "application/json";
  private static final int CHUNKED = 0;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final HttpExchange exchange;
  private final ServeLimits limits;
  private final StalledWrites stalled;
  private final long end;
  private int status;
  private long tokens;

  Call(HttpExchange exchange, ServeLimits limits, StalledWrites stalled) {
    this.exchange = exchange;
    this.limits = limits;
    this.stalled = stalled;
    this.end = System.nanoTime() + limits.seconds() * 1_000_000_000L;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  /** A header of the request; empty where there is none. */
  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  ServeLimits limits() {
    return limits;
  }

  /** The fields of the body, which is to be an object of JSON. */
  Fields fields() throws IOException {
    String type = header("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.equals(JSON) && !type.startsWith(JSON + ";")) {
      throw new Refusal(
          Refusal.OTHER_TYPE, "Cannot read the request: its Content-Type is not application/json");
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(body());
    } catch (JsonProcessingException e) {
      throw Refusal.ofRequest("Cannot read the request: it is no JSON: %s", e.getOriginalMessage());
    }
    if (!(node instanceof ObjectNode object)) {
      throw Refusal.ofRequest("Cannot read the request: it is no object of JSON");
    }
    return new Fields(object);
  }

  private byte[] body() throws IOException {
    requireSize(length());
    byte[] body = exchange.getRequestBody().readNBytes(limits.body() + 1);
    requireSize(body.length);
    return body;
  }

  private long length() {
    String stated = header("Content-Length");
    try {
      return stated.isEmpty() ? 0 : Long.parseLong(stated);
    } catch (NumberFormatException e) {
      throw Refusal.ofRequest("Cannot read the request: its Content-Length is no number");
    }
  }

  private void requireSize(long bytes) {
    if (bytes > limits.body()) {
      throw new Refusal(
          Refusal.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "Cannot read the request: its body is too large (expected at most %d bytes)",
              limits.body()));
    }
  }

  /** Whether the answer takes longer than any may. */
  boolean isLate() {
    return System.nanoTime() - end > 0;
  }

  /** Counts tokens that were read or written. */
  void count(long more) {
    tokens += more;
  }

  long tokens() {
    return tokens;
  }

  /** 0 before anything is answered. */
  int status() {
    return status;
  }

  void json(ObjectNode answer) throws IOException {
    send(200, JSON, answer.toString().getBytes(StandardCharsets.UTF_8));
  }

  void refuse(Refusal refusal) throws IOException {
    if (refusal.status() == Refusal.BUSY) {
      exchange.getResponseHeaders().set("Retry-After", "5");
    }
    send(refusal.status(), JSON, error(refusal).toString().getBytes(StandardCharsets.UTF_8));
  }

  /** As OpenAI's servers have it. */
  static ObjectNode error(Refusal refusal) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("error").put("message", refusal.getMessage()).put("type", refusal.type());
    return answer;
  }

  void send(int code, String type, byte[] content) throws IOException {
    begin(code, type, content.length == 0 ? -1 : content.length);
    try (OutputStream out = output()) {
      out.write(content);
    }
  }

  /** Begins an answer that is sent piece by piece. */
  EventStream events() throws IOException {
    begin(200, "text/event-stream", CHUNKED);
    return new EventStream(output());
  }

  private void begin(int code, String type, long length) throws IOException {
    status = code;
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", Page.POLICY);
    exchange.sendResponseHeaders(code, length);
  }

  private OutputStream output() {
    return stalled.watched(exchange);
  }
}
