package io.unroll.dataprep.dataset;

import io.unroll.dataprep.tokenize.Tokenizer;

/**
 * What a manifest tells of a vocabulary.
 *
 * @param size its number of tokens
 * @param fingerprint of what maps text to ids
 */
public record VocabularySummary(Tokenizer tokenizer, int size, String fingerprint) {

  /** That of a vocabulary. */
  public static VocabularySummary of(Vocabulary vocabulary) {
    return new VocabularySummary(
        vocabulary.tokenizer(), vocabulary.size(), vocabulary.fingerprint());
  }
}
