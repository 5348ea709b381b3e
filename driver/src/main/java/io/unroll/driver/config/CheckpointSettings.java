package io.unroll.driver.config;

import static io.unroll.driver.config.ValueType.DURATION_TYPE;

import java.time.Duration;

/**
 * When the run is saved.
 *
 * @param every least time from one checkpoint to the next; zero for one in every round
 */
public record CheckpointSettings(Duration every) {
  static final Section SECTION = new Section("checkpoint");

  public static final Setting<Duration> EVERY =
      SECTION.add(
          "every",
          DURATION_TYPE,
          Duration.ofSeconds(30),
          new Range<>("", value -> !value.isNegative()),
          "least time from one checkpoint to the next; 0s for one in every round");

  public CheckpointSettings {
    EVERY.check(every);
  }

  static CheckpointSettings of(SettingValues values) {
    return new CheckpointSettings(values.of(EVERY));
  }
}
