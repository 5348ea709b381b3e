package io.unroll.worker.parallel;

/**
 * Numbers from … to-1.
 *
 * @param from the first
 * @param to the one after the last
 */
public record Range(int from, int to) {
  /** How many. */
  public int size() {
    return to - from;
  }
}
