package io.unroll.driver.config;

import java.util.OptionalInt;

/**
 * Rounds and what joins their lanes. See {@link Settings}.
 *
 * @param lanes empty for as many as Spark offers cores when the run begins
 * @param interval steps of each lane in a round
 */
public record AveragingSettings(
    OptionalInt lanes, int interval, Outer outer, OptimizerState optimizerState) {
  /** What the driver does with the averaged parameters. */
  public enum Outer {
    MEAN
  }

  /** What becomes of the lanes' optimiser state at the end of a round. */
  public enum OptimizerState {
    AVERAGE,
    RESET
  }

  public AveragingSettings {
    Settings.LANES.check(lanes);
    Settings.INTERVAL.check(interval);
  }

  static AveragingSettings of(SettingValues values) {
    return new AveragingSettings(
        values.of(Settings.LANES),
        values.of(Settings.INTERVAL),
        values.of(Settings.OUTER),
        values.of(Settings.OPTIMIZER_STATE));
  }
}
