package io.unroll.worker.model;

import java.io.Serializable;

/**
 * Sums and counts of a measurement. Those of several steps, lanes or segments add up: the one shape
 * of what is measured, from a step of a lane to the report. Sums are floating-point numbers:
 * whoever needs equal bits adds in a fixed order.
 *
 * @param steps training steps; 0 in an evaluation
 * @param predictions that count in the loss
 * @param sequences of the windows, summed over the steps
 * @param loss summed over the predictions, in nats
 * @param norms sum over the steps of the gradient's L2 norm before clipping
 * @param largestNorm of these
 * @param clipped steps whose gradient was scaled down
 * @param correct predictions whose target was the most likely one; only where that is asked
 * @param exact sequences all of whose predictions were correct; only where that is asked
 */
public record Tally(
    long steps,
    long predictions,
    long sequences,
    double loss,
    double norms,
    double largestNorm,
    long clipped,
    long correct,
    long exact)
    implements Serializable {
  /** Of nothing. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final double LN_2 = Math.log(2);

  /** Of one training step. */
  public static Tally ofStep(
      int predictions, int sequences, double loss, double norm, boolean clipped) {
    return new Tally(1, predictions, sequences, loss, norm, norm, clipped ? 1 : 0, 0, 0);
  }

  /** Of predictions that nothing was learned from. */
  public static Tally ofLoss(double loss, long predictions) {
    return ofAnswers(loss, predictions, 0);
  }

  /** Of predictions that were compared with what was most likely. */
  public static Tally ofAnswers(double loss, long predictions, long correct) {
    return new Tally(0, predictions, 0, loss, 0, 0, 0, correct, 0);
  }

  /** Of a sequence whose predictions were compared with what was most likely. */
  public static Tally ofSequence(double loss, long predictions, long correct) {
    return new Tally(0, predictions, 1, loss, 0, 0, 0, correct, correct == predictions ? 1 : 0);
  }

  /** Of both. */
  public Tally plus(Tally other) {
    return new Tally(
        steps + other.steps,
        predictions + other.predictions,
        sequences + other.sequences,
        loss + other.loss,
        norms + other.norms,
        Math.max(largestNorm, other.largestNorm),
        clipped + other.clipped,
        correct + other.correct,
        exact + other.exact);
  }

  /** Nats per prediction. */
  public double meanLoss() {
    return loss / predictions;
  }

  /** Share of the predictions that were right, 0 to 1. */
  public double accuracy() {
    return (double) correct / predictions;
  }

  /** Share of the sequences all of whose predictions were right, 0 to 1. */
  public double exactShare() {
    return (double) exact / sequences;
  }

  /** exp of the mean loss: as many equally likely tokens would be as surprising. */
  public double perplexity() {
    return Math.exp(meanLoss());
  }

  /** Mean loss / ln 2. */
  public double bitsPerPrediction() {
    return meanLoss() / LN_2;
  }

  /** Nats per sequence; 0 where nothing was predicted. */
  public double lossOfSequence() {
    return predictions == 0 ? 0 : loss / sequences;
  }

  /** Mean over the steps. */
  public double meanNorm() {
    return norms / steps;
  }

  /** Share of the steps, 0 to 1. */
  public double clippedShare() {
    return (double) clipped / steps;
  }
}
