package io.unroll.driver.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Counts of runs of tokens. */
final class Ngrams {
  /** White space as Python's {@code str.split} has it, which the reference implementations use. */
  private static final Pattern WHITE_SPACE =
      Pattern.compile("[\\s\\x1c-\\x1f\\x85]+", Pattern.UNICODE_CHARACTER_CLASS);

  private Ngrams() {}

  /** What stands between white space. */
  static List<String> split(String text) {
    return Arrays.stream(WHITE_SPACE.split(text)).filter(token -> !token.isEmpty()).toList();
  }

  /** The text without white space. */
  static String withoutWhiteSpace(String text) {
    return WHITE_SPACE.matcher(text).replaceAll("");
  }

  /** How often each run of so many tokens occurs. */
  static Map<List<String>, Integer> of(List<String> tokens, int order) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int x = 0; x + order <= tokens.size(); x++) {
      counts.merge(List.copyOf(tokens.subList(x, x + order)), 1, Integer::sum);
    }
    return counts;
  }

  /** How often each run of tokens occurs at most in any of some texts. */
  static Map<List<String>, Integer> mostOf(List<List<String>> texts, int order) {
    Map<List<String>, Integer> most = new HashMap<>();
    texts.forEach(
        text -> of(text, order).forEach((run, count) -> most.merge(run, count, Math::max)));
    return most;
  }

  /** Code points as tokens. */
  static List<String> characters(String text) {
    List<String> characters = new ArrayList<>();
    text.codePoints().forEach(point -> characters.add(Character.toString(point)));
    return characters;
  }

  /** Sum of what two counts have in common. */
  static int common(Map<List<String>, Integer> a, Map<List<String>, Integer> b) {
    int common = 0;
    for (var entry : a.entrySet()) {
      common += Math.min(entry.getValue(), b.getOrDefault(entry.getKey(), 0));
    }
    return common;
  }

  /** Sum of all counts. */
  static int total(Map<List<String>, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The length of the reference that is nearest to a length; the shorter of two equally near. */
  static int nearest(int length, List<List<String>> references) {
    int nearest = references.get(0).size();
    for (List<String> reference : references) {
      int distance = Math.abs(reference.size() - length) - Math.abs(nearest - length);
      if (distance < 0 || (distance == 0 && reference.size() < nearest)) {
        nearest = reference.size();
      }
    }
    return nearest;
  }
}
