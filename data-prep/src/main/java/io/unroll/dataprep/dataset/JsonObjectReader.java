package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.JsonReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The fields of a JSON object, each of which must be there, of the right type, and known. Files may
 * come from anywhere: what is wrong is refused by its path.
 */
final class JsonObjectReader {
  /** Names are not kept from file to file: enough that collide would spoil Jackson's table. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String document;
  private final String path;
  private final JsonNode node;

  private JsonObjectReader(String document, String path, JsonNode node) {
    this.document = document;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw invalid(path.isEmpty() ? "it" : path, node, "an object");
    }
  }

  /**
   * Reads a document of a known format, of any version from 1 to the newest.
   *
   * @param document what it is, for messages: vocabulary, manifest
   */
  static JsonObjectReader parse(String document, String json, String format, int newest) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "Invalid %s: no complete JSON document (%s)".formatted(document, position(e)), e);
    }
    var object = new JsonObjectReader(document, "", root);
    if (!object.text("format").equals(format)) {
      throw object.invalid("format", root.get("format"), "\"" + format + "\"");
    }
    int found = object.integer("version");
    if (found < 1 || found > newest) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid %s: format version %d (expected %s; prepare the data again, or use the release that wrote it)",
              document,
              found,
              newest == 1 ? "1" : "1 to " + newest));
    }
    return object;
  }

  private static String position(JsonProcessingException e) {
    var where = e.getLocation();
    String place =
        where == null
            ? ""
            : String.format(
                Locale.ROOT, " at line %d, column %d", where.getLineNr(), where.getColumnNr());
    return JsonReason.of(e) + place;
  }

  /** Refuses every field but these: a field that is not understood must not be passed over. */
  void allow(Collection<String> names) {
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new DataException(
          "Invalid %s: unknown field %s".formatted(document, at(unknown.iterator().next())));
    }
  }

  boolean has(String name) {
    return node.has(name);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  String text(String name) {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw invalid(at(name), value, "text");
    }
    return value.textValue();
  }

  boolean flag(String name) {
    JsonNode value = field(name);
    if (!value.isBoolean()) {
      throw invalid(at(name), value, "true or false");
    }
    return value.booleanValue();
  }

  /** A count: a whole number, 0 or above. */
  long count(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw invalid(at(name), value, "a whole number, 0 or above");
    }
    return value.longValue();
  }

  int integer(String name) {
    long value = count(name);
    if (value > Integer.MAX_VALUE) {
      throw invalid(at(name), node.get(name), "at most " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  JsonObjectReader object(String name) {
    return new JsonObjectReader(document, at(name), field(name));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw invalid(
            String.format(Locale.ROOT, "%s[%d]", at(name), texts.size()), element, "text");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** Each object of an array, read before the next is looked at. */
  <T> List<T> objects(String name, Function<JsonObjectReader, T> read) {
    String array = at(name);
    List<T> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      String place = array + "[" + objects.size() + "]";
      objects.add(read.apply(new JsonObjectReader(document, place, element)));
    }
    return objects;
  }

  /** An error about the value of a field that is there. */
  DataException invalid(String name, String expected) {
    return invalid(at(name), node.get(name), expected);
  }

  private JsonNode array(String name) {
    JsonNode value = field(name);
    if (!value.isArray()) {
      throw invalid(at(name), value, "an array");
    }
    return value;
  }

  private JsonNode field(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new DataException("Invalid %s: %s is missing".formatted(document, at(name)));
    }
    return value;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private DataException invalid(String where, JsonNode value, String expected) {
    String shown = value.isContainerNode() ? "an " + kind(value) : value.toString();
    String cut = shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    return new DataException(
        "Invalid %s: %s is %s (expected %s)".formatted(document, where, cut, expected));
  }

  private static String kind(JsonNode value) {
    return value.isArray() ? "array" : "object";
  }
}
