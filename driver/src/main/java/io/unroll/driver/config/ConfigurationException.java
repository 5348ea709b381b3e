package io.unroll.driver.config;

import java.util.List;

/** A configuration has problems: all of them, each with where it stands. Exit code 2. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> problems;

  /**
   * @param problems one line each, complete for the user; at least one
   */
  public ConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
