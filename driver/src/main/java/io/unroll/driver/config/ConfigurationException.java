package io.unroll.driver.config;

import java.util.List;
import java.util.Locale;

/** A configuration has problems: all of them, each with where it stands. Exit code 2. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> problems;

  /**
   * Problems that speak for themselves: one is told alone, more behind their number.
   *
   * @param problems one line each, complete for the user; at least one
   */
  public ConfigurationException(List<String> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * Problems that need a heading.
   *
   * @param heading what cannot be done, a line
   */
  public ConfigurationException(String heading, List<String> problems) {
    super(indented(heading, problems));
    this.problems = List.copyOf(problems);
  }

  private static String text(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : indented(
            String.format(Locale.ROOT, "%d problems in the configuration:", problems.size()),
            problems);
  }

  private static String indented(String heading, List<String> problems) {
    String between = System.lineSeparator() + "  ";
    return heading + between + String.join(between, problems);
  }

  public List<String> problems() {
    return problems;
  }
}
