package io.unroll.driver.registry;

import java.util.Optional;

/**
 * What became of a candidate.
 *
 * @param version the candidate's if it was promoted, now or before; or else the champion's
 * @param judgement the comparison, if there was one
 */
public record Promotion(Outcome outcome, int version, Optional<Judgement> judgement) {
  /** How it ended. */
  public enum Outcome {
    /** The candidate is the champion from now on. */
    PROMOTED("promoted"),
    /**
     * The champion remains, since the candidate is not better by as much as it had to be; without a
     * judgement if it is the same model, of another run.
     */
    KEPT("kept"),
    /** The candidate is the champion already. */
    ALREADY_CHAMPION("already-champion"),
    /** The candidate was promoted under the same run id, and has been replaced since. */
    ALREADY_REPLACED("already-replaced");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** As results have it. */
    public String label() {
      return label;
    }
  }
}
