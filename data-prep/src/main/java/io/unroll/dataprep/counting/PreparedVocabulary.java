package io.unroll.dataprep.counting;

import io.unroll.dataprep.dataset.Vocabulary;
import java.util.Optional;

/**
 * The vocabulary that a text is encoded with.
 *
 * @param newTokens what was appended to a vocabulary that was given; empty where none was
 */
public record PreparedVocabulary(Vocabulary vocabulary, Optional<NewTokens> newTokens) {}
