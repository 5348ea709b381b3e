package io.unroll.worker.math;

import java.util.Arrays;
import java.util.Locale;

/** Ascending ranges of a flat array that do not overlap. */
public final class Spans {
  private int[] bounds = new int[2];
  private int count;

  /** One range. */
  public static Spans of(int from, int to) {
    Spans spans = new Spans();
    spans.add(from, to);
    return spans;
  }

  /** Forgets all ranges. */
  public void clear() {
    count = 0;
  }

  /**
   * Adds a range behind the others; joins it to the last if that ends where it begins.
   *
   * @throws IllegalArgumentException if it begins before the last range ends, or ends before it
   *     begins
   */
  public void add(int from, int to) {
    int end = count == 0 ? 0 : to(count - 1);
    if (from < end || to < from) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot add the range %d to %d after %d", from, to, end));
    }
    if (count > 0 && from == end) {
      bounds[2 * count - 1] = to;
      return;
    }
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = from;
    bounds[2 * count + 1] = to;
    count++;
  }

  /** Number of ranges. */
  public int count() {
    return count;
  }

  /** First element of range x. */
  public int from(int x) {
    return bounds[2 * x];
  }

  /** Element after the last one of range x. */
  public int to(int x) {
    return bounds[2 * x + 1];
  }
}
