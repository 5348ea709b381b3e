package io.unroll.driver.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.run.DamagedException;
import io.unroll.driver.run.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which version is in service, and which was before it: the content of the file {@value
 * Registry#CHAMPION}, on which all else depends.
 *
 * @param number of the version, at least 1
 * @param previous number of the one before; empty if there was none
 */
public record Champion(int number, OptionalInt previous) {
  static final String FORMAT = "unroll-champion";
  static final String PREVIOUS_FORMAT = "unroll-previous";

  /** The champion that takes the place of another. */
  static Champion after(int replaced, int number) {
    return new Champion(number, OptionalInt.of(replaced));
  }

  /** Whether a version is one of both. */
  public boolean names(int version) {
    return version == number || (previous.isPresent() && previous.getAsInt() == version);
  }

  byte[] toJson() {
    ObjectNode json = json(FORMAT, number);
    Json.put(json, "previous", previous);
    return bytes(json);
  }

  /** Of the file {@value Registry#PREVIOUS}, for people and scripts; Unroll reads it nowhere. */
  static byte[] previousJson(int number) {
    return bytes(json(PREVIOUS_FORMAT, number));
  }

  static Champion fromJson(String file, byte[] bytes) throws DamagedException {
    StrictJson json =
        StrictJson.parse(file, bytes)
            .withKeys(Set.of("format", "version", "model-version", "previous"));
    Json.requireFormat(json, file, FORMAT);
    return new Champion(
        json.positive("model-version"),
        json.isNull("previous") ? OptionalInt.empty() : OptionalInt.of(json.positive("previous")));
  }

  private static ObjectNode json(String format, int number) {
    ObjectNode json = StrictJson.object();
    json.put("format", format);
    json.put("version", Json.VERSION);
    json.put("model-version", number);
    return json;
  }

  private static byte[] bytes(ObjectNode json) {
    return StrictJson.text(json).getBytes(StandardCharsets.UTF_8);
  }
}
