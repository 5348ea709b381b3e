package io.unroll.driver.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.unroll.dataprep.JsonReason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Events as lines of {@code metrics.jsonl}, one JSON object each, and back. The format is described
 * in {@code docs/formats/metrics.md}. Reading is strict: every key there but {@code time}, no
 * other, no value of another type. Only a last line without its line end is passed over: it was
 * torn by the end of the process that wrote it.
 */
public final class MetricsJson {
  private static final List<CoercionInputShape> NOT_TEXT =
      List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);
  private static final ObjectMapper MAPPER = mapper();

  private static final String TIME = "time";

  /** Of validations; left out where there are none. */
  private static final String SCORES = "scores";

  /** An event has some sixty. The tree of a hostile line would be many times its size. */
  private static final int MOST_TOKENS = 1_000;

  /** Always three decimals, so that times sort as text. */
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private MetricsJson() {}

  /** A line, without its end. */
  public static String text(MetricsLine line) {
    try {
      ObjectNode json = MAPPER.createObjectNode();
      line.time().ifPresent(time -> json.put(TIME, MILLISECONDS.format(time)));
      json.setAll(MAPPER.<ObjectNode>valueToTree(line.event()));
      if (json.path(SCORES).isEmpty()) {
        json.remove(SCORES);
      }
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + line, e);
    }
  }

  /**
   * Why a line is no event.
   *
   * @param line without its line end
   * @return empty if it is one
   */
  public static Optional<String> oddity(byte[] line) {
    try {
      line(line, "metrics", 1);
      return Optional.empty();
    } catch (MalformedMetricsException e) {
      return Optional.of(e.reason());
    }
  }

  /**
   * All lines of a file, in its order, but for those that are no events; a last line without line
   * end is passed over. The stream is left open.
   *
   * @param name what to call the file in messages
   * @param odd receives a message for each line that is no event, which names file and line
   * @throws IOException if the stream cannot be read
   */
  public static List<MetricsLine> read(InputStream in, String name, Consumer<String> odd)
      throws IOException {
    var read = new ArrayList<MetricsLine>();
    List<byte[]> lines = lines(in.readAllBytes());
    for (int i = 0; i < lines.size(); i++) {
      try {
        read.add(line(lines.get(i), name, i + 1));
      } catch (MalformedMetricsException e) {
        odd.accept(e.getMessage());
      }
    }
    return read;
  }

  /**
   * All lines of a file, in its order; a last line without line end is passed over. The stream is
   * left open.
   *
   * @param name what to call the file in messages
   * @throws MalformedMetricsException if a line is not one that {@link #text} writes
   * @throws IOException if the stream cannot be read
   */
  public static List<MetricsLine> read(InputStream in, String name) throws IOException {
    var read = new ArrayList<MetricsLine>();
    for (byte[] line : lines(in.readAllBytes())) {
      read.add(line(line, name, read.size() + 1));
    }
    return read;
  }

  private static List<byte[]> lines(byte[] bytes) {
    var lines = new ArrayList<byte[]>();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, begin, i));
        begin = i + 1;
      }
    }
    return lines;
  }

  private static MetricsLine line(byte[] line, String name, int number) {
    try {
      requireFewTokens(line, name, number);
      if (!(MAPPER.readTree(line) instanceof ObjectNode json)) {
        throw new MalformedMetricsException(name, number, "it is no object", null);
      }
      Optional<Instant> time = time(json);
      if (json.path("type").asText().equals("validation") && !json.has(SCORES)) {
        json.putObject(SCORES);
      }
      return new MetricsLine(time, MAPPER.treeToValue(json, RunEvent.class));
    } catch (DateTimeParseException e) {
      throw new MalformedMetricsException(name, number, e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new MalformedMetricsException(name, number, reason(e), e);
    } catch (IOException e) {
      throw new MalformedMetricsException(name, number, e.getMessage(), e);
    }
  }

  private static void requireFewTokens(byte[] line, String name, int number) throws IOException {
    try (JsonParser parser = MAPPER.createParser(line)) {
      for (int tokens = 0; parser.nextToken() != null; tokens++) {
        if (tokens == MOST_TOKENS) {
          throw new MalformedMetricsException(name, number, "it is too large for an event", null);
        }
      }
    }
  }

  /** Takes the time out of a line. */
  private static Optional<Instant> time(ObjectNode json) {
    JsonNode time = json.remove(TIME);
    return time == null ? Optional.empty() : Optional.of(Instant.parse(time.asText()));
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key \"" + unknown.getPropertyName() + "\"";
    }
    return JsonReason.of(e);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(durationsInSeconds())
            .build();
    for (var shape : NOT_TEXT) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  private static SimpleModule durationsInSeconds() {
    var toSeconds =
        new StdConverter<Duration, Double>() {
          @Override
          public Double convert(Duration duration) {
            return duration.toMillis() / 1000.0;
          }
        };
    var toDuration =
        new StdConverter<Double, Duration>() {
          @Override
          public Duration convert(Double seconds) {
            return Duration.ofMillis(Math.round(seconds * 1000));
          }
        };
    return new SimpleModule()
        .addSerializer(Duration.class, new StdDelegatingSerializer(Duration.class, toSeconds))
        .addDeserializer(Duration.class, new StdDelegatingDeserializer<>(toDuration));
  }
}
