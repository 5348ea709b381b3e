package io.unroll.worker.format;

import io.unroll.worker.model.Architecture;

/**
 * What {@code model.json} says.
 *
 * @param architecture shape of the model
 * @param vocabularyFingerprint SHA-256 of the vocabulary that its token ids refer to, in
 *     hexadecimal
 */
public record ModelDescription(Architecture architecture, String vocabularyFingerprint) {}
