package io.unroll.worker.model;

import java.util.Locale;

/** How a decoder is told the summary of what was read. */
public enum Summary {
  /** Its first state is made of it (Sutskever, Vinyals and Le 2014; Vinyals et al. 2015). */
  START,
  /** It reads it in every step, and begins from zeros (Karpathy and Fei-Fei 2015). */
  EVERY_STEP,
  /** Both (Cho et al. 2014). */
  BOTH;

  /** Name in configuration files and in {@code model.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the decoder begins from it. */
  public boolean starts() {
    return this != EVERY_STEP;
  }

  /** Whether the decoder reads it in every step. */
  public boolean isReadInEveryStep() {
    return this != START;
  }

  /**
   * The way of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Summary of(String key) {
    for (Summary summary : values()) {
      if (summary.key().equals(key)) {
        return summary;
      }
    }
    throw new IllegalArgumentException(
        "Invalid model.condition: %s (expected start, every-step or both)".formatted(key));
  }
}
