package io.unroll.worker.format;

import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Column;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What {@code model.json} says.
 *
 * @param architecture shape of the model
 * @param fingerprints SHA-256 of the vocabularies that its ids refer to, in hexadecimal
 */
public record ModelDescription(Architecture architecture, Map<Column, String> fingerprints) {
  public ModelDescription {
    fingerprints = Map.copyOf(fingerprints);
  }

  /** Of a model with one vocabulary. */
  public static ModelDescription ofTokens(Architecture architecture, String fingerprint) {
    return new ModelDescription(architecture, Map.of(Column.TOKENS, fingerprint));
  }

  /**
   * Of one vocabulary.
   *
   * @throws NoSuchElementException if the model has no such vocabulary
   */
  public String fingerprint(Column column) {
    String fingerprint = fingerprints.get(column);
    if (fingerprint == null) {
      throw new NoSuchElementException("The model has no vocabulary of " + column.key());
    }
    return fingerprint;
  }
}
