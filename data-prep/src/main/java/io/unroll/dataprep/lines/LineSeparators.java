package io.unroll.dataprep.lines;

/** The separators that may stand between label and text, by their names. */
public final class LineSeparators {
  private LineSeparators() {}

  /**
   * The separator of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static char of(String name) {
    return switch (name) {
      case "tab" -> '\t';
      case "space" -> ' ';
      case "comma" -> ',';
      default ->
          throw new IllegalArgumentException(
              "Invalid separator: %s (expected tab, space or comma)".formatted(name));
    };
  }

  static String name(char separator) {
    return switch (separator) {
      case '\t' -> "tab";
      case ' ' -> "space";
      default -> "comma";
    };
  }
}
