package io.unroll.driver.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of a request; each is asked for by its name, and others are refused. */
final class Fields {
  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();

  Fields(ObjectNode object) {
    this.object = object;
  }

  private Optional<JsonNode> find(String name) {
    known.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** A field that is taken and has no effect. */
  void ignore(String name) {
    known.add(name);
  }

  Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrong(name, value, "a string");
              }
              return value.textValue();
            });
  }

  /** A string, or a list of strings. */
  Optional<List<String>> texts(String name) {
    return find(name)
        .map(
            value -> {
              if (value.isTextual()) {
                return List.of(value.textValue());
              }
              List<String> texts = new ArrayList<>();
              value.forEach(element -> texts.add(element.textValue()));
              if (!value.isArray() || texts.contains(null)) {
                throw wrong(name, value, "a string or a list of strings");
              }
              return texts;
            });
  }

  boolean flag(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, value, "true or false");
              }
              return value.booleanValue();
            })
        .orElse(false);
  }

  Optional<Double> number(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isNumber()) {
                throw wrong(name, value, "a number");
              }
              return value.doubleValue();
            });
  }

  Optional<Long> integer(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, value, "a whole number");
              }
              return value.longValue();
            });
  }

  /** A whole number within bounds. */
  int integer(String name, int least, int most, int otherwise) {
    long value = integer(name).orElse((long) otherwise);
    if (value < least || value > most) {
      throw Refusal.ofRequest("Invalid %s: %d (expected %d to %d)", name, value, least, most);
    }
    return (int) value;
  }

  /** Whether a field is there, which may have one value only. */
  boolean requireOnly(String name, long value) {
    Optional<Long> given = integer(name);
    given
        .filter(other -> other != value)
        .ifPresent(
            other -> {
              throw Refusal.ofRequest("Invalid %s: %d (expected %d)", name, other, value);
            });
    return given.isPresent();
  }

  /** To be called when all fields have been asked for. */
  void requireNoOthers() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Refusal.ofRequest(
                    "Unknown field %s (expected %s)", name, String.join(", ", sorted()));
              }
            });
  }

  private List<String> sorted() {
    return known.stream().sorted().toList();
  }

  private static Refusal wrong(String name, JsonNode value, String expected) {
    String shown = value.toString();
    return Refusal.ofRequest(
        "Invalid %s: %s (expected %s)",
        name, shown.length() > 80 ? shown.substring(0, 80) + "..." : shown, expected);
  }
}
