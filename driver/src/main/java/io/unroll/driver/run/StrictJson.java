package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.JsonReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON object of which every key is known and every value has its type: anything else is {@link
 * DamagedException damage}, named by file and key.
 */
public final class StrictJson {
  private static final JsonMapper MAPPER = strictMapper();

  private final String file;
  private final String prefix;
  private final ObjectNode node;

  private StrictJson(String file, String prefix, ObjectNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
  }

  private static JsonMapper strictMapper() {
    // Names are not kept from file to file: enough that collide would spoil Jackson's table.
    JsonMapper mapper =
        JsonMapper.builder(
                JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build());
    return mapper;
  }

  /** An empty object to write. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An object as indented text, with a line feed at its end. */
  public static String text(ObjectNode object) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Cannot write JSON", impossible);
    }
  }

  /**
   * Reads an object.
   *
   * @param file its name, for messages
   */
  public static StrictJson parse(String file, byte[] bytes) throws DamagedException {
    JsonNode node;
    try {
      node = MAPPER.readTree(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (JsonProcessingException malformed) {
      throw new DamagedException(
          "%s is not valid JSON: %s".formatted(file, JsonReason.of(malformed)));
    } catch (CharacterCodingException malformed) {
      throw new DamagedException("%s is not UTF-8".formatted(file));
    }
    if (!(node instanceof ObjectNode object)) {
      throw new DamagedException("%s is not a JSON object".formatted(file));
    }
    return new StrictJson(file, "", object);
  }

  /** Refuses keys that are missing and keys that should not be there. */
  public StrictJson withKeys(Set<String> keys) throws DamagedException {
    Set<String> present = new TreeSet<>();
    node.fieldNames().forEachRemaining(present::add);
    for (String key : keys) {
      if (!present.remove(key)) {
        throw new DamagedException("%s lacks the key %s%s".formatted(file, prefix, key));
      }
    }
    if (!present.isEmpty()) {
      throw new DamagedException(
          "%s has the unknown key %s%s".formatted(file, prefix, present.iterator().next()));
    }
    return this;
  }

  /** The object that a key has. */
  public StrictJson object(String key) throws DamagedException {
    if (node.get(key) instanceof ObjectNode object) {
      return new StrictJson(file, prefix + key + ".", object);
    }
    throw wrong(key, "an object");
  }

  boolean has(String key) {
    return node.has(key);
  }

  /** Refuses more keys than are known. */
  void withCount(int keys) throws DamagedException {
    if (node.size() != keys) {
      throw new DamagedException(
          String.format(
              Locale.ROOT, "%s has %d keys in %s (expected %d)", file, node.size(), prefix, keys));
    }
  }

  /** Whether a key is there with the value null. */
  public boolean isNull(String key) {
    return node.path(key).isNull();
  }

  /** The text that a key has. */
  public String text(String key) throws DamagedException {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw wrong(key, "text");
    }
    return value.textValue();
  }

  /** A whole number from 0 to the largest. */
  public long count(String key, long largest) throws DamagedException {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > largest) {
      throw wrong(key, "a whole number from 0 to " + largest);
    }
    return value.longValue();
  }

  /** A whole number from 1 on. */
  public int positive(String key) throws DamagedException {
    long value = count(key, Integer.MAX_VALUE);
    if (value == 0) {
      throw wrong(key, "a whole number from 1 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  /** A finite number. */
  public double number(String key) throws DamagedException {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(key, "a finite number");
    }
    return value.doubleValue();
  }

  /** A time, UTC. */
  public Instant instant(String key) throws DamagedException {
    try {
      return Instant.parse(text(key));
    } catch (DateTimeException malformed) {
      throw wrong(key, "a time such as 2024-01-31T12:00:00Z");
    }
  }

  Duration duration(String key) throws DamagedException {
    try {
      Duration duration = Duration.parse(text(key));
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException malformed) {
      throw wrong(key, "a duration such as PT12.5S");
    }
    throw wrong(key, "a duration from PT0S");
  }

  /** The object as keys with text values, in their order. */
  Map<String, String> texts() throws DamagedException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (var names = node.fieldNames(); names.hasNext(); ) {
      String key = names.next();
      texts.put(key, text(key));
    }
    return texts;
  }

  private DamagedException wrong(String key, String expected) {
    String shown = String.valueOf(node.get(key));
    String cut = shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    return new DamagedException(
        "%s has %s%s: %s (expected %s)".formatted(file, prefix, key, cut, expected));
  }
}
