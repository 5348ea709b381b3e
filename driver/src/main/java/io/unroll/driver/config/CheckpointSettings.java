package io.unroll.driver.config;

import java.time.Duration;

/**
 * When the run is saved. See {@link Settings}.
 *
 * @param every least time from one checkpoint to the next; zero for one in every round
 */
public record CheckpointSettings(Duration every) {
  public CheckpointSettings {
    Settings.CHECKPOINT_EVERY.check(every);
  }

  static CheckpointSettings of(SettingValues values) {
    return new CheckpointSettings(values.of(Settings.CHECKPOINT_EVERY));
  }
}
