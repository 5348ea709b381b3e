package io.unroll.worker.model;

import java.util.Locale;

/** What a model has a vocabulary for. */
public enum Column {
  /** Tokens that are read, and predicted by a language model. */
  TOKENS,
  /** Characters of the tokens. */
  CHARACTERS,
  /** Labels, or tags. */
  LABELS,
  /** Tokens that are written about what is read. */
  TARGETS;

  /** Name in files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
