package io.unroll.driver.evaluate;

import java.io.Serializable;

/**
 * The loss of a model on some tokens.
 *
 * @param totalLoss summed over the predictions, in nats
 * @param tokens number of predictions
 */
public record Evaluation(double totalLoss, long tokens) implements Serializable {
  Evaluation plus(Evaluation other) {
    return new Evaluation(totalLoss + other.totalLoss, tokens + other.tokens);
  }

  /** Mean loss, nats per token. */
  public double loss() {
    return totalLoss / tokens;
  }

  /** exp(loss). */
  public double perplexity() {
    return Math.exp(loss());
  }

  /** loss / ln 2. */
  public double bitsPerToken() {
    return loss() / Math.log(2);
  }
}
