package io.unroll.driver.cli;

import java.util.regex.Pattern;

/** Spark's messages for users: their first line, without what Spark 4 puts around it. */
final class SparkWords {
  /** The class of the error in front, and the state that SQL has for it at the end. */
  private static final Pattern FRAME = Pattern.compile("^\\[[A-Z0-9_.]+\\] | *SQLSTATE: \\w+$");

  private SparkWords() {}

  /** Of a message, which may be null. */
  static String of(String message) {
    String first = String.valueOf(message).lines().findFirst().orElse("");
    return FRAME.matcher(first).replaceAll("");
  }
}
