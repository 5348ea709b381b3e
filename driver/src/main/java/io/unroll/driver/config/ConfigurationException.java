package io.unroll.driver.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A configuration has problems: all of them, each with where it stands. Exit code 2. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> problems;
  private final List<String> lines;

  /**
   * Problems that speak for themselves: one is told alone, more behind their number.
   *
   * @param problems one line each, complete for the user; at least one
   */
  public ConfigurationException(List<String> problems) {
    this(problems, lines(problems));
  }

  /**
   * Problems that need a heading.
   *
   * @param heading what cannot be done, a line
   */
  public ConfigurationException(String heading, List<String> problems) {
    this(problems, indented(heading, problems));
  }

  private ConfigurationException(List<String> problems, List<String> lines) {
    super(String.join(System.lineSeparator(), lines));
    this.problems = List.copyOf(problems);
    this.lines = List.copyOf(lines);
  }

  private static List<String> lines(List<String> problems) {
    return problems.size() == 1
        ? problems
        : indented(
            String.format(Locale.ROOT, "%d problems in the configuration:", problems.size()),
            problems);
  }

  private static List<String> indented(String heading, List<String> problems) {
    return Stream.concat(Stream.of(heading), problems.stream().map(problem -> "  " + problem))
        .toList();
  }

  public List<String> problems() {
    return problems;
  }

  /** The message, line by line: what others wrote in it may itself have line breaks. */
  public List<String> lines() {
    return lines;
  }
}
