package io.unroll.driver.config;

import java.util.OptionalInt;

/**
 * Rounds and what joins their lanes. See {@link Settings}.
 *
 * @param lanes empty for as many as Spark offers cores when the run begins
 * @param interval steps of each lane in a round; empty to settle it by measuring
 * @param maxOverhead share of a round's time that an interval settled by measuring leaves to Spark
 * @param warmUp rounds of one step at the beginning
 * @param outerMomentum share of the last outer step that the next one goes on with
 * @param outerLearningRate factor of the way from where a round began to the lanes' mean
 */
public record AveragingSettings(
    OptionalInt lanes,
    OptionalInt interval,
    double maxOverhead,
    int warmUp,
    Outer outer,
    double outerMomentum,
    double outerLearningRate,
    OptimizerState optimizerState) {
  /** What the driver does with the averaged parameters. */
  public enum Outer {
    MEAN,
    BLOCK_MOMENTUM,
    NESTEROV
  }

  /** What becomes of the lanes' optimiser state at the end of a round. */
  public enum OptimizerState {
    AVERAGE,
    KEEP,
    RESET
  }

  public AveragingSettings {
    Settings.LANES.check(lanes);
    Settings.INTERVAL.check(interval);
    Settings.MAX_OVERHEAD.check(maxOverhead);
    Settings.AVERAGING_WARM_UP.check(warmUp);
    Settings.OUTER_MOMENTUM.check(outerMomentum);
    Settings.OUTER_LEARNING_RATE.check(outerLearningRate);
  }

  static AveragingSettings of(SettingValues values) {
    return new AveragingSettings(
        values.of(Settings.LANES),
        values.of(Settings.INTERVAL),
        values.of(Settings.MAX_OVERHEAD),
        values.of(Settings.AVERAGING_WARM_UP),
        values.of(Settings.OUTER),
        values.of(Settings.OUTER_MOMENTUM),
        values.of(Settings.OUTER_LEARNING_RATE),
        values.of(Settings.OPTIMIZER_STATE));
  }
}
