package io.unroll.driver.report;

/** Preconditions of the events' components. */
final class Checks {
  private Checks() {}

  static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (expected " + expected + ")");
    }
  }
}
