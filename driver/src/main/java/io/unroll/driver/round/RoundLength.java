package io.unroll.driver.round;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.run.Progress;
import java.util.OptionalInt;

/**
 * How many steps lie between two averages: one while warming up; then the interval that was asked
 * for, or the one that was settled by measuring, or {@value #MEASURED_STEPS} until it is.
 *
 * @param warmUp rounds of one step
 * @param fixed the interval that was asked for; empty to measure
 */
public record RoundLength(int warmUp, OptionalInt fixed) {
  /** Steps of a round that is measured. */
  static final int MEASURED_STEPS = 10;

  public static RoundLength of(AveragingSettings settings) {
    return new RoundLength(settings.warmUp(), settings.interval());
  }

  /** Steps of the next round, unless its epoch ends earlier. */
  public int of(Progress progress) {
    return warmingUp(progress) ? 1 : usual(progress);
  }

  /** Steps of a round after the warm-up. */
  int usual(Progress progress) {
    return fixed.orElse(progress.interval().orElse(MEASURED_STEPS));
  }

  boolean warmingUp(Progress progress) {
    return warmUpLeft(progress) > 0;
  }

  /** Rounds of the warm-up to come. */
  int warmUpLeft(Progress progress) {
    return Math.max(0, warmUp - progress.rounds());
  }

  /** Whether the next round is to be measured. */
  boolean measuring(Progress progress) {
    return fixed.isEmpty() && progress.interval().isEmpty() && !warmingUp(progress);
  }
}
