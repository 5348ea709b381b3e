package io.unroll.driver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.run.DamagedException;
import io.unroll.driver.run.StrictJson;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the files of a registry have in common: format and version first, null for nothing. */
final class Json {
  /** Of every format. */
  static final int VERSION = 1;

  private Json() {}

  static void requireFormat(StrictJson json, String file, String format) throws DamagedException {
    if (!json.text("format").equals(format)) {
      throw new DamagedException(
          "%s has format: %.80s (expected %s)".formatted(file, json.text("format"), format));
    }
    long version = json.count("version", Long.MAX_VALUE);
    if (version != VERSION) {
      throw new DamagedException(
          String.format(Locale.ROOT, "%s has version: %d (expected %d)", file, version, VERSION));
    }
  }

  static void put(ObjectNode json, String key, OptionalInt value) {
    if (value.isPresent()) {
      json.put(key, value.getAsInt());
    } else {
      json.putNull(key);
    }
  }

  static void put(ObjectNode json, String key, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(key, value.getAsDouble());
    } else {
      json.putNull(key);
    }
  }

  static void put(ObjectNode json, String key, Optional<String> value) {
    json.put(key, value.orElse(null));
  }
}
