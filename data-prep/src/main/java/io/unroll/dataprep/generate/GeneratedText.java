package io.unroll.dataprep.generate;

import java.io.Serializable;

/**
 * A question and its answer.
 *
 * @param given read only
 * @param answer to be predicted after it
 */
record GeneratedText(String given, String answer) implements Serializable {}
