package io.unroll.worker.layer;

import java.util.Locale;

/** How the steps of a sequence become one vector. */
public enum Pooling {
  /** What a layer says at the end of what it reads: of a reversed layer, that is the first step. */
  LAST,
  /** Mean over the steps. */
  MEAN,
  /** Largest value over the steps, element by element; of equal ones the first. */
  MAX;

  /** Name in configuration files and in {@code model.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The way of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Pooling of(String key) {
    for (Pooling way : values()) {
      if (way.key().equals(key)) {
        return way;
      }
    }
    throw new IllegalArgumentException(
        "Invalid model.pooling: %s (expected last, mean or max)".formatted(key));
  }
}
