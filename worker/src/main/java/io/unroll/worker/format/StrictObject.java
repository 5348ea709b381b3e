package io.unroll.worker.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Predicate;

/** An object of a description, strictly: every field is there, and no other. */
final class StrictObject {
  /** Largest dimension that is believed; products of two stay below 2^63. */
  static final int MAX_SIZE = 1 << 24;

  private final ObjectNode json;
  private final String file;

  /** Where the object lies in the file, as a prefix of its fields' names. */
  private final String place;

  StrictObject(ObjectNode json, String file, String place) {
    this.json = json;
    this.file = file;
    this.place = place;
  }

  /** Refuses fields of other names. */
  void allowOnly(Set<String> keys) throws FormatException {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        throw new FormatException(file, "field %s is unknown".formatted(place + name));
      }
    }
  }

  boolean has(String name) {
    return json.has(name);
  }

  /** Whether there is a field of that name, and it is an object. */
  boolean hasObject(String name) {
    return json.path(name).isObject();
  }

  StrictObject object(String name) throws FormatException {
    JsonNode node = field(name, JsonNode::isObject, "an object");
    return new StrictObject((ObjectNode) node, file, place + name + ".");
  }

  String text(String name) throws FormatException {
    return field(name, JsonNode::isTextual, "a string").textValue();
  }

  double number(String name) throws FormatException {
    return field(name, JsonNode::isNumber, "a number").doubleValue();
  }

  boolean isTrue(String name) throws FormatException {
    return field(name, JsonNode::isBoolean, "true or false").booleanValue();
  }

  int size(String name) throws FormatException {
    return size(name, MAX_SIZE);
  }

  int size(String name, int most) throws FormatException {
    Predicate<JsonNode> fits =
        node -> node.isInt() && node.intValue() >= 1 && node.intValue() <= most;
    return field(name, fits, "a whole number from 1 to " + most).intValue();
  }

  int version(String name) throws FormatException {
    return field(name, JsonNode::isInt, "a whole number").intValue();
  }

  JsonNode field(String name, Predicate<JsonNode> valid, String expected) throws FormatException {
    JsonNode node = json.get(name);
    if (node == null) {
      throw new FormatException(file, "field %s is missing".formatted(place + name));
    }
    if (!valid.test(node)) {
      throw new FormatException(
          file, "field %s is %s (expected %s)".formatted(place + name, node, expected));
    }
    return node;
  }
}
