package io.unroll.worker.train;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * What a step makes smaller: loss / n + Σ λ/2 ‖W‖² over the tensors W that decay, by the parameters
 * that are not frozen.
 *
 * @param mean what n is
 * @param decay λ > 0 by name of a tensor; those that are not named do not decay
 * @param frozen names of tensors that stay as they are, and do not decay
 */
public record Objective(Mean mean, Map<String, Double> decay, Set<String> frozen)
    implements Serializable {
  /** What the summed loss of a window is divided by. */
  public enum Mean {
    /** Its predictions that count. */
    PREDICTIONS,
    /** Its sequences, however long they are: as Deeplearning4j. */
    SEQUENCES
  }

  /** The mean loss of a prediction, by all parameters. */
  public static final Objective PLAIN = new Objective(Mean.PREDICTIONS, Map.of(), Set.of());

  public Objective {
    decay = Map.copyOf(decay);
    frozen = Set.copyOf(frozen);
    decay.forEach(
        (tensor, lambda) -> {
          if (!(lambda > 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                "Invalid decay of %s: %s (expected > 0)".formatted(tensor, lambda));
          }
        });
  }

  /** What a lane counts in the mean of the lanes after these steps. */
  public long weight(LaneReport report) {
    return mean == Mean.SEQUENCES ? report.tally().steps() : report.tally().predictions();
  }
}
