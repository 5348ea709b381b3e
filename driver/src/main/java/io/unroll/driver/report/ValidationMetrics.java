package io.unroll.driver.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One evaluation of the averaged model on the validation split.
 *
 * @param round the round before it; 0 is the untrained model
 * @param epoch passes over the training data so far, fractional
 * @param loss mean loss, nats per token; may be NaN or infinite
 * @param tokens predictions evaluated
 * @param best whether no earlier validation of this run had as low a loss
 * @param seconds wall clock time of the evaluation
 */
@JsonPropertyOrder({
  "round",
  "epoch",
  "loss",
  "tokens",
  "best",
  "seconds",
  "perplexity",
  "bits-per-token"
})
@JsonIgnoreProperties(
    value = {"perplexity", "bits-per-token"},
    allowGetters = true)
public record ValidationMetrics(
    int round, double epoch, double loss, long tokens, boolean best, double seconds)
    implements RunEvent {

  /**
   * @throws IllegalArgumentException if a count or a time is negative
   */
  public ValidationMetrics {
    Checks.require(round >= 0, "round", round, ">= 0");
    Checks.require(epoch >= 0, "epoch", epoch, ">= 0");
    Checks.require(tokens >= 0, "tokens", tokens, ">= 0");
    Checks.require(seconds >= 0, "seconds", seconds, ">= 0");
  }

  /** exp(loss): the number of equally likely tokens that would be as surprising. */
  @JsonProperty
  public double perplexity() {
    return Math.exp(loss);
  }

  /** loss / ln 2. */
  @JsonProperty
  public double bitsPerToken() {
    return loss / TokenUnit.LN_2;
  }
}
