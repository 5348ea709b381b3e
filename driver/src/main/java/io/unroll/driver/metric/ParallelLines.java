package io.unroll.driver.metric;

import io.unroll.dataprep.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Texts and their references, line by line. */
public final class ParallelLines {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private ParallelLines() {}

  /**
   * A file's content.
   *
   * @param name for messages
   */
  public record Content(String name, String text) {
    private List<String> lines() {
      String begin = text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
      List<String> lines = new ArrayList<>(Arrays.asList(begin.split("\r?\n", -1)));
      if (lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      return lines;
    }
  }

  /**
   * Compares the lines of the hypotheses with those of equal number in the references. Where there
   * are several files of references, a text has none of those that are blank.
   *
   * @throws DataException if there are no lines, not equally many, or one has no reference
   */
  public static List<Compared> of(Content hypotheses, List<Content> references) {
    List<String> said = hypotheses.lines();
    if (said.isEmpty()) {
      throw new DataException(
          "Cannot read %s: it has no lines (expected a text in each)".formatted(hypotheses.name()));
    }
    List<List<String>> right = references.stream().map(Content::lines).toList();
    for (int file = 0; file < right.size(); file++) {
      requireEqual(said, hypotheses, right.get(file), references.get(file));
    }
    return IntStream.range(0, said.size())
        .mapToObj(line -> new Compared(said.get(line), references(right, line, references)))
        .toList();
  }

  private static void requireEqual(
      List<String> said, Content hypotheses, List<String> right, Content references) {
    if (said.size() != right.size()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot compare %s with %s: it has %,d lines, and the references have %,d (expected equally many)",
              hypotheses.name(),
              references.name(),
              said.size(),
              right.size()));
    }
  }

  private static List<String> references(
      List<List<String>> right, int line, List<Content> references) {
    if (right.size() == 1) {
      return List.of(right.get(0).get(line));
    }
    List<String> found =
        right.stream().map(lines -> lines.get(line)).filter(text -> !text.isBlank()).toList();
    if (found.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s, line %d: it is blank, and so it is in all other references (expected a text in one of them)",
              references.get(0).name(),
              line + 1));
    }
    return found;
  }
}
