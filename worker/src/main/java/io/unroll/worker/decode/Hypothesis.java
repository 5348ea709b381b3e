package io.unroll.worker.decode;

/**
 * What a search found for one source.
 *
 * @param tokens written, without begin and end token
 * @param logProbability log p, the sum over all tokens, the end token included where there is one
 * @param score by which hypotheses of a source are compared, see {@link BeamOptions}
 * @param finished whether the end token was written; else the hypothesis was cut at its longest
 * @param attention weights of the steps of the source when each of the tokens was written: a row
 *     for each token, as long as the source; empty where the model has no attention
 */
public record Hypothesis(
    int[] tokens, double logProbability, double score, boolean finished, float[][] attention) {
  /** What was written before the end token. */
  static Hypothesis finished(Prefix written, double logProbability, BeamOptions options) {
    double score = options.score(logProbability, written.length() + 1);
    return new Hypothesis(written.tokens(), logProbability, score, true, written.attention());
  }

  /** What was written when there was no room for more. */
  static Hypothesis cut(Prefix written, BeamOptions options) {
    double sum = written.logProbability();
    double score = options.score(sum, written.length());
    return new Hypothesis(written.tokens(), sum, score, false, written.attention());
  }
}
