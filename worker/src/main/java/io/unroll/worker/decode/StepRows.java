package io.unroll.worker.decode;

import java.util.Arrays;

/**
 * What the model said in one step of the rows of one source. Rows count from 0 for each source.
 *
 * @param logits (rows of all sources, V)
 * @param vocabulary V
 * @param attention (rows of all sources, S), or empty
 * @param stride S
 * @param steps those of the source, at most S
 * @param first row of the source among all
 */
record StepRows(
    float[] logits, int vocabulary, float[] attention, int stride, int steps, int first) {
  /** Where the logits of a row begin. */
  int logitsOf(int row) {
    return (first + row) * vocabulary;
  }

  /** The weights of a row, copied, without those of padding; empty where there is no attention. */
  float[] attentionOf(int row) {
    int from = (first + row) * stride;
    return stride == 0 ? attention : Arrays.copyOfRange(attention, from, from + steps);
  }
}
