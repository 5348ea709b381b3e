package io.unroll.worker.decode;

import java.util.OptionalInt;

/**
 * The tokens that mean something to a search.
 *
 * @param begin read before the first token, and never written, unless it is the end token as well
 * @param end written last; no part of what is handed out
 * @param unknown never written; empty where the vocabulary has none, or where it may be written
 */
public record BeamTokens(int begin, int end, OptionalInt unknown) {
  public BeamTokens {
    if (unknown.isPresent() && unknown.getAsInt() == end) {
      throw new IllegalArgumentException(
          "Invalid unknown token: " + end + " (expected another than the end token)");
    }
  }

  /** Refuses ids that a vocabulary lacks. */
  void check(int vocabulary) {
    check("begin", begin, vocabulary);
    check("end", end, vocabulary);
    unknown.ifPresent(id -> check("unknown", id, vocabulary));
  }

  private static void check(String name, int id, int vocabulary) {
    if (id < 0 || id >= vocabulary) {
      throw new IllegalArgumentException(
          "Invalid " + name + " token: " + id + " (expected 0 to " + (vocabulary - 1) + ")");
    }
  }
}
