package io.unroll.worker.decode;

import io.unroll.worker.math.Rows;
import java.util.Arrays;

/**
 * The tokens that may follow a hypothesis: all but the begin token, the unknown one, and those that
 * would repeat n tokens in a row. Log-probabilities are those of the model: what is forbidden
 * leaves nothing to the others.
 */
final class AllowedTokens {
  private final BeamTokens tokens;
  private final int noRepeat;
  private final Rows kernels;
  private final float[] exponentials;

  AllowedTokens(BeamTokens tokens, int noRepeat, Rows kernels, int vocabulary) {
    this.tokens = tokens;
    this.noRepeat = noRepeat;
    this.kernels = kernels;
    this.exponentials = new float[vocabulary];
  }

  /**
   * Offers those that may follow a row.
   *
   * @param step whose logits of forbidden tokens are overwritten
   * @param index of the row among those of its source
   * @param beam receives them, if the row is in the beam
   * @param likeliest receives them, if the row is the greedy one
   * @throws NonFiniteLogitsException if a logit is NaN or +∞
   */
  void offer(StepRows step, int index, BeamRow row, Candidates beam, Candidates likeliest) {
    int from = step.logitsOf(index);
    LogSoftmax softmax = LogSoftmax.of(kernels, step.logits(), from, exponentials);
    forbid(row.written(), step.logits(), from);
    if (row.inBeam()) {
      offer(step, index, row, softmax, beam);
    }
    if (row.greedy()) {
      offer(step, index, row, softmax, likeliest);
    }
  }

  /** Nearly all tokens are turned away by one comparison. */
  private static void offer(
      StepRows step, int index, BeamRow row, LogSoftmax softmax, Candidates into) {
    float[] logits = step.logits();
    int from = step.logitsOf(index);
    double sum = row.written().logProbability();
    float least = softmax.logitOf(into.lowest() - sum);
    for (int token = 0; token < step.vocabulary(); token++) {
      if (logits[from + token] >= least) {
        into.offer(sum + softmax.of(logits[from + token]), token, index);
        least = softmax.logitOf(into.lowest() - sum);
      }
    }
  }

  /** Gives the logit -∞. */
  private void forbid(Prefix written, float[] logits, int from) {
    if (tokens.begin() != tokens.end()) {
      logits[from + tokens.begin()] = Float.NEGATIVE_INFINITY;
    }
    tokens.unknown().ifPresent(id -> logits[from + id] = Float.NEGATIVE_INFINITY);
    if (noRepeat > 0 && written.length() >= noRepeat) {
      forbidRepeats(written.tokens(), logits, from);
    }
  }

  /** Where the last n - 1 tokens were written before, what followed them must not follow again. */
  private void forbidRepeats(int[] written, float[] logits, int from) {
    int shared = noRepeat - 1;
    int last = written.length - shared;
    for (int x = 0; x < last; x++) {
      if (Arrays.equals(written, x, x + shared, written, last, written.length)) {
        logits[from + written[x + shared]] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}
