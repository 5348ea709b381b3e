package io.unroll.dataprep.examples;

/** What is wrong with an example. */
public enum Fault {
  NO_LABEL("without a label"),
  NO_TEXT("without text"),
  NO_SOURCE("without a source"),
  NO_TARGET("without a target"),
  NO_KEY("without a key"),
  NO_NUMBER("with a value that is no finite number"),
  MALFORMED("malformed"),

  /** Without anything: blank on both sides of a pair. */
  BLANK("blank"),

  OTHER_LABEL("with a label that training lacks"),

  /** The input as a whole cannot be read. */
  WHOLE_INPUT("in an input that cannot be read");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** Whether it is passed over and counted in any case. */
  boolean isHarmless() {
    return this == BLANK;
  }

  String words() {
    return words;
  }
}
