package io.unroll.driver.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One evaluation of the averaged model on the validation split.
 *
 * @param round the round before it; 0 is the untrained model
 * @param epoch passes over the training data so far, fractional
 * @param loss mean loss, nats per token; may be NaN or infinite
 * @param tokens predictions evaluated
 * @param best whether no earlier validation of this run was as good as the better of the model and
 *     its mean over the last part of the training
 * @param seconds wall clock time of the evaluation
 * @param scores other measures by name, such as {@value #ACCURACY}; {@value #AVERAGE_LOSS} where a
 *     mean of the parameters is kept
 */
@JsonPropertyOrder({
  "round",
  "epoch",
  "loss",
  "tokens",
  "best",
  "seconds",
  "scores",
  "perplexity",
  "bits-per-token"
})
@JsonIgnoreProperties(
    value = {"perplexity", "bits-per-token"},
    allowGetters = true)
public record ValidationMetrics(
    int round,
    double epoch,
    double loss,
    long tokens,
    boolean best,
    double seconds,
    Map<String, Double> scores)
    implements RunEvent {
  /** Share of the labels that were right, 0 to 1. */
  public static final String ACCURACY = "accuracy";

  /** Share of the answers that were right from beginning to end, 0 to 1. */
  public static final String EXACT = "exact";

  /** Loss of the mean of the parameters over the last part of the training, nats per token. */
  public static final String AVERAGE_LOSS = "average-loss";

  /** Of a language model. */
  public ValidationMetrics(
      int round, double epoch, double loss, long tokens, boolean best, double seconds) {
    this(round, epoch, loss, tokens, best, seconds, Map.of());
  }

  /**
   * @throws IllegalArgumentException if a count or a time is negative
   */
  public ValidationMetrics {
    Checks.require(round >= 0, "round", round, ">= 0");
    Checks.require(epoch >= 0, "epoch", epoch, ">= 0");
    Checks.require(tokens >= 0, "tokens", tokens, ">= 0");
    Checks.require(seconds >= 0, "seconds", seconds, ">= 0");
    scores = Map.copyOf(scores);
  }

  /** The share of labels that were right, where that is measured. */
  OptionalDouble accuracy() {
    Double accuracy = scores.get(ACCURACY);
    return accuracy == null ? OptionalDouble.empty() : OptionalDouble.of(accuracy);
  }

  /** The loss of the mean of the parameters, where one is kept. */
  OptionalDouble averageLoss() {
    Double loss = scores.get(AVERAGE_LOSS);
    return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
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
