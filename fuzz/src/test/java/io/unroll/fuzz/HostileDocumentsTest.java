package io.unroll.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Large files that a fuzzer of small ones does not reach. */
class HostileDocumentsTest {
  @ParameterizedTest
  @MethodSource("io.unroll.fuzz.Targets#all")
  void keepsItsPromises(Target target) throws IOException {
    List<String> failures = new ArrayList<>();
    byte[] seed = Seeds.of(target).values().iterator().next();
    for (Map.Entry<String, byte[]> file : HostileDocuments.of(seed).entrySet()) {
      try {
        Trial.parses(target, file.getValue());
      } catch (AssertionError e) {
        String message = String.valueOf(e.getMessage());
        failures.add(file.getKey() + ": " + message.substring(0, Math.min(200, message.length())));
      }
    }
    assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
  }

  @Test
  void longListsOfTokensAreCheap() {
    String tokens =
        IntStream.range(0, 100_000).mapToObj(x -> "\"" + x + "\"").collect(Collectors.joining(","));
    String json =
        """
        {"format": "unroll-vocabulary", "version": 1, "fingerprint": "of nothing", "special": {"unknown": 100000,
         "end": 100001},
         "tokenizer": {"kind": "word", "lower-case": false, "min-count": 1, "max-vocabulary": 0},
         "tokens": [%s, "<unk>", "<eos>"]}
        """
            .formatted(tokens);
    assertTrue(Trial.parses(Targets.named("vocabulary"), bytes(json)));
  }

  @Test
  void headersOfManyEmptyTensorsAreCheap() {
    String header =
        IntStream.range(0, 20_000)
            .mapToObj(
                x ->
                    String.format(
                        Locale.ROOT,
                        "\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}",
                        x))
            .collect(Collectors.joining(",", "{", "}"));
    assertTrue(Trial.parses(Targets.named("safetensors-header"), bytes(header)));
    assertFalse(Trial.parses(Targets.named("model-parameters"), bytes(header)));
    assertFalse(Trial.parses(Targets.named("checkpoint-tensors"), bytes(header)));
  }

  @Test
  void namesOfOneHashAreCheap() {
    String header =
        HostileDocuments.collidingCharacters().stream()
            .map("\"%s\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"::formatted)
            .collect(Collectors.joining(",", "{", "}"));
    assertTrue(Trial.parses(Targets.named("safetensors-header"), bytes(header)));
  }

  @Test
  void tensorsOfManyDimensionsAreCheap() {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[%s1],\"data_offsets\":[0,4]}}"
            .formatted("1,".repeat(100_000));
    assertTrue(Trial.parses(Targets.named("safetensors-header"), bytes(header)));
    assertFalse(Trial.parses(Targets.named("model-parameters"), bytes(header)));
  }

  @ParameterizedTest
  @MethodSource
  void settingsOfAbsurdLengthAreCheap(String yaml) {
    assertFalse(Trial.parses(Targets.named("configuration"), bytes(yaml)));
  }

  static Stream<String> settingsOfAbsurdLengthAreCheap() {
    String digits = "1".repeat(200_000);
    return Stream.of(
        "optimizer.learning-rate: " + digits + "x",
        "optimizer.learning-rate: " + "1".repeat(60_000) + "x",
        "checkpoint.every: " + "1".repeat(60_000) + "x",
        "training.seed: " + digits,
        "? " + "k".repeat(60_000) + "\n: 1",
        IntStream.range(0, 5_000).mapToObj(x -> "key" + x + ": 1\n").collect(Collectors.joining()),
        IntStream.range(0, 100_000).mapToObj(x -> "k" + x + ": 1\n").collect(Collectors.joining()),
        "model: " + "[".repeat(30_000),
        "model: " + "{a: ".repeat(10_000),
        "model: &a {model: *a}",
        "model: &a [*a, *a]");
  }

  @Test
  void manyImagesAreCheap() {
    String lines =
        IntStream.range(0, 100_000).mapToObj(x -> x + "\n").collect(Collectors.joining());
    assertTrue(Trial.parses(Targets.named("coco-image-list"), bytes(lines)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
