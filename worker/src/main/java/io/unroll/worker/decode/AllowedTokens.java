package io.unroll.worker.decode;

import java.util.Arrays;

/**
 * The tokens that may follow a hypothesis: all but the begin token, the unknown one, and those that
 * would repeat n tokens in a row. Log-probabilities are those of the model: what is forbidden
 * leaves nothing to the others.
 */
final class AllowedTokens {
  private final BeamTokens tokens;
  private final int noRepeat;

  AllowedTokens(BeamTokens tokens, int noRepeat) {
    this.tokens = tokens;
    this.noRepeat = noRepeat;
  }

  /**
   * Offers those that may follow a row.
   *
   * @param step whose logits of forbidden tokens are overwritten
   * @param index of the row among those of its source
   * @param beam receives them, if the row is in the beam
   * @param likeliest receives them, if the row is the greedy one
   * @throws NonFiniteLogitsException if a logit is NaN or infinite
   */
  void offer(StepRows step, int index, BeamRow row, Candidates beam, Candidates likeliest) {
    int from = step.logitsOf(index);
    LogSoftmax softmax = LogSoftmax.of(step.logits(), from, from + step.vocabulary());
    forbid(row.written(), step.logits(), from);
    double sum = row.written().logProbability();
    for (int token = 0; token < step.vocabulary(); token++) {
      double next = sum + softmax.of(step.logits()[from + token]);
      if (row.inBeam()) {
        beam.offer(next, token, index);
      }
      if (row.greedy()) {
        likeliest.offer(next, token, index);
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
