package io.unroll.driver.serve;

import java.util.List;

/** Ends a text before the first of some strings, which may come in pieces. */
final class StopText {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  /**
   * @param stops none of them empty
   */
  StopText(List<String> stops) {
    this.stops = stops;
  }

  /** Takes a piece; returns what of the text is certain to come before the end. */
  String add(String piece) {
    held.append(piece);
    int end = stops.stream().mapToInt(held::indexOf).filter(at -> at >= 0).min().orElse(-1);
    found = end >= 0;
    return taken(found ? end : held.length() - longestBeginning());
  }

  /** Whether the text has ended. */
  boolean found() {
    return found;
  }

  /** What was held back, where the text ends otherwise. */
  String rest() {
    return found ? "" : taken(held.length());
  }

  private String taken(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }

  /** Length of the longest end of what is held that one of the strings begins with. */
  private int longestBeginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
        if (stop.startsWith(held.substring(held.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
