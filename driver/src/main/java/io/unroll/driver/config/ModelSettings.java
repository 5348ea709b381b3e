package io.unroll.driver.config;

import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Cell;
import java.util.Locale;

/** What is trained; the vocabulary's size comes from the dataset. See {@link Settings}. */
public record ModelSettings(
    Cell cell, int layers, int hidden, int embedding, double dropout, boolean tieWeights) {
  public ModelSettings {
    Settings.LAYERS.check(layers);
    Settings.HIDDEN.check(hidden);
    Settings.EMBEDDING.check(embedding);
    Settings.DROPOUT.check(dropout);
    if (tieWeights && embedding != hidden) {
      throw new InvalidSettingException(
          Settings.TIE_WEIGHTS.key(),
          "true",
          String.format(
              Locale.ROOT,
              "false, or model.embedding = model.hidden, but they are %d and %d",
              embedding,
              hidden));
    }
  }

  static ModelSettings of(SettingValues values) {
    return new ModelSettings(
        values.of(Settings.CELL),
        values.of(Settings.LAYERS),
        values.of(Settings.HIDDEN),
        values.of(Settings.EMBEDDING),
        values.of(Settings.DROPOUT),
        values.of(Settings.TIE_WEIGHTS));
  }

  /** The worker's architecture for a vocabulary of that size. */
  public Architecture architecture(int vocabulary) {
    return new Architecture(cell, vocabulary, embedding, hidden, layers, dropout, tieWeights);
  }
}
