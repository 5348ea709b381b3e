package io.unroll.driver.config;

import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.ValueType.DURATION_TYPE;
import static io.unroll.driver.config.ValueType.INTEGER;

import java.time.Duration;

/**
 * When the run is saved.
 *
 * @param every least time from one checkpoint to the next; zero for one in every round
 * @param keep checkpoints that are kept
 */
public record CheckpointSettings(Duration every, int keep) {
  static final Section SECTION = new Section("checkpoint");

  public static final Setting<Duration> EVERY =
      SECTION.add(
          "every",
          DURATION_TYPE,
          Duration.ofSeconds(30),
          new Range<>("", value -> !value.isNegative()),
          "least time from one checkpoint to the next; 0s for one in every round");

  public static final Setting<Integer> KEEP =
      SECTION.add(
          "keep",
          INTEGER,
          2,
          atLeast(1),
          "checkpoints that are kept: the newest, and others to fall back to; export --average takes the mean of their parameters");

  public CheckpointSettings {
    EVERY.check(every);
    KEEP.check(keep);
  }

  static CheckpointSettings of(SettingValues values) {
    return new CheckpointSettings(values.of(EVERY), values.of(KEEP));
  }
}
