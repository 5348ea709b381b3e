package io.unroll.driver.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * One round of training, summed over its lanes. Loss, norms and the learning rate may be NaN or
 * infinite: a diverging run is reported, too.
 *
 * @param round number of this round, from 1
 * @param rounds rounds of the whole run
 * @param epoch passes over the training data at the end of this round, fractional
 * @param step steps that every lane has behind it, over all epochs
 * @param tokens predictions trained on since the run began, over all lanes
 * @param loss mean training loss of this round, nats per token
 * @param gradientNorm mean over steps of the gradient's L2 norm before clipping
 * @param maxGradientNorm largest of these norms
 * @param clippedShare share of steps that were clipped, 0 to 1
 * @param learningRate learning rate of the last step
 * @param steps of the longest lane in this round
 * @param drift how far the lanes went apart: root of their mean squared L2 distance from their mean
 * @param outerNorm L2 norm of the outer step: from where this round began to where the next begins
 * @param tokensPerSecond predictions of this round divided by {@code seconds}
 * @param seconds wall clock time of this round, averaging included
 * @param computeSeconds time that lanes spent in steps, summed over lanes
 * @param overheadSeconds {@code seconds} without the time that the busiest core spent in steps:
 *     broadcast, shuffle, averaging, scheduling
 * @param timeLeft estimate of what remains of the run, to the millisecond
 */
// Without it, what is computed comes in the order of reflection, which is none.
@JsonPropertyOrder({
  "round",
  "rounds",
  "epoch",
  "step",
  "tokens",
  "loss",
  "gradient-norm",
  "max-gradient-norm",
  "clipped-share",
  "learning-rate",
  "steps",
  "drift",
  "outer-norm",
  "tokens-per-second",
  "seconds",
  "compute-seconds",
  "overhead-seconds",
  "time-left",
  "overhead-share",
  "perplexity",
  "bits-per-token"
})
@JsonIgnoreProperties(
    value = {"overhead-share", "perplexity", "bits-per-token"},
    allowGetters = true)
public record RoundMetrics(
    int round,
    int rounds,
    double epoch,
    long step,
    long tokens,
    double loss,
    double gradientNorm,
    double maxGradientNorm,
    double clippedShare,
    double learningRate,
    int steps,
    double drift,
    double outerNorm,
    double tokensPerSecond,
    double seconds,
    double computeSeconds,
    double overheadSeconds,
    Duration timeLeft)
    implements RunEvent {

  /**
   * @throws IllegalArgumentException if a count or a time is negative, or the round is not one of
   *     the run's
   */
  public RoundMetrics {
    Checks.require(round >= 1, "round", round, ">= 1");
    Checks.require(rounds >= round, "rounds", rounds, ">= round " + round);
    Checks.require(epoch >= 0, "epoch", epoch, ">= 0");
    Checks.require(step >= 0, "step", step, ">= 0");
    Checks.require(steps >= 1, "steps", steps, ">= 1");
    Checks.require(tokens >= 0, "tokens", tokens, ">= 0");
    Checks.require(seconds >= 0, "seconds", seconds, ">= 0");
    Checks.require(computeSeconds >= 0, "computeSeconds", computeSeconds, ">= 0");
    Checks.require(overheadSeconds >= 0, "overheadSeconds", overheadSeconds, ">= 0");
    Checks.require(!timeLeft.isNegative(), "timeLeft", timeLeft, ">= 0");
    timeLeft = timeLeft.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The overhead's part of the round, 0 to 1. */
  @JsonProperty
  public double overheadShare() {
    return seconds > 0 ? overheadSeconds / seconds : 0;
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
