package io.unroll.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Files that are too large to commit, by what is hostile about them; about {@value #SIZE} bytes.
 */
final class HostileDocuments {
  private static final int SIZE = 1 << 18;

  private HostileDocuments() {}

  /** Files for any parser; a seed is a file that it reads. */
  static Map<String, byte[]> of(byte[] seed) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("nothing", new byte[0]);
    for (String part : List.of("\0", "\n", " ", "[", "{", "\"", "9", "-", "a", "é", "&a ", "? ")) {
      files.put("only " + part, bytes(repeated(part)));
    }
    byte[] random = new byte[SIZE];
    new Random(1).nextBytes(random);
    files.put("random bytes", random);
    values().forEach((name, value) -> files.put(name, bytes(value)));
    String text = new String(seed, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf('{') + 1;
    if (begin > 0) {
      values()
          .forEach(
              (name, value) ->
                  files.put(
                      "first a field of " + name,
                      bytes(
                          text.substring(0, begin)
                              + "\"field\":"
                              + value
                              + ","
                              + text.substring(begin))));
    }
    int list = text.indexOf('[') + 1;
    if (list > 0) {
      for (String element : List.of("{},", "[],", "1,", "\"\",")) {
        files.put(
            "first a list with many " + element,
            bytes(text.substring(0, list) + repeated(element) + text.substring(list)));
      }
    }
    return files;
  }

  /** JSON values, which are YAML as well. */
  private static Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("nested lists", repeated("["));
    values.put("nested objects", repeated("{\"a\":"));
    values.put("closed lists", "[".repeat(900) + "]".repeat(900));
    values.put("empty objects", "[" + repeated("{},") + "{}]");
    values.put("empty lists", "[" + repeated("[],") + "[]]");
    values.put("small numbers", "[" + repeated("1,") + "1]");
    values.put("fractions", "[" + repeated("1.5,") + "1]");
    values.put("texts", "[" + repeated("\"\",") + "\"\"]");
    values.put("a long number", repeated("9"));
    values.put("a long fraction", "0." + repeated("9"));
    values.put("a large exponent", "1e999999999");
    values.put("a long text", "\"" + repeated("x") + "\"");
    values.put("escapes", "\"" + repeated("\\u0000") + "\"");
    values.put("many keys", object(IntStream.range(0, SIZE / 12).mapToObj(x -> "k" + x).toList()));
    values.put("equal keys", object(Collections.nCopies(SIZE / 8, "k")));
    values.put("keys of one hash of characters", object(collidingCharacters()));
    values.put("keys of one hash of bytes", object(collidingBytes()));
    return values;
  }

  private static String object(List<String> keys) {
    return keys.stream().collect(Collectors.joining("\":0,\"", "{\"", "\":0}"));
  }

  /** Jackson's hash of characters is a polynomial of base 33, and 33 'a' + 'b' is 33 'b' + 'A'. */
  static List<String> collidingCharacters() {
    List<String> keys = new ArrayList<>();
    for (int x = 0; x < 1 << 12; x++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        key.append((x >> bit & 1) == 0 ? "ab" : "bA");
      }
      keys.add(key.toString());
    }
    return keys;
  }

  /** Jackson's hash of bytes adds what follows the first twelve, four by four, in any order. */
  private static List<String> collidingBytes() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
    Random random = new Random(1);
    return IntStream.range(0, SIZE / 64)
        .mapToObj(
            x -> {
              Collections.shuffle(order, random);
              return "x".repeat(12)
                  + order.stream().map("%04d"::formatted).collect(Collectors.joining());
            })
        .distinct()
        .toList();
  }

  private static String repeated(String part) {
    return part.repeat(SIZE / part.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
