package io.unroll.worker.model;

import java.util.Locale;

/** How the layers of a stack read each other. */
public enum Connections {
  /** Each layer reads the one below. */
  PLAIN,
  /** Likewise, and what a layer read is added to what it says (He et al. 2016; Wu et al. 2016). */
  RESIDUAL,
  /**
   * Each layer reads the one below and the input, and whoever reads the stack reads all layers
   * (Graves 2013, section 2).
   */
  SKIP;

  /** Name in configuration files and in {@code model.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The connections of that name.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Connections of(String key) {
    for (Connections connections : values()) {
      if (connections.key().equals(key)) {
        return connections;
      }
    }
    throw new IllegalArgumentException(
        "Invalid model.connections: %s (expected plain, residual or skip)".formatted(key));
  }
}
