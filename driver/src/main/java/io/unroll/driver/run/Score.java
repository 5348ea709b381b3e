package io.unroll.driver.run;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How good a model was on the validation split. A labeler is judged by the share of labels that it
 * gets right, and of equal ones by the loss; a language model by the loss.
 *
 * @param loss nats per prediction
 * @param accuracy share of the predictions that were right; empty where that is not the measure
 */
public record Score(double loss, OptionalDouble accuracy) {
  public Score {
    boolean share =
        accuracy.isEmpty() || (accuracy.getAsDouble() >= 0 && accuracy.getAsDouble() <= 1);
    if (!share) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid accuracy: %s (expected 0 to 1)", accuracy.getAsDouble()));
    }
  }

  /** Of a language model. */
  public static Score ofLoss(double loss) {
    return new Score(loss, OptionalDouble.empty());
  }

  /** Whether it is better than an earlier one. */
  public boolean beats(Score earlier) {
    double mine = accuracy.orElse(0);
    double others = earlier.accuracy.orElse(0);
    return mine > others || (mine == others && loss < earlier.loss);
  }
}
