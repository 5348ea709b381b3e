package io.unroll.driver.config;

import io.unroll.dataprep.dataset.Split;
import java.util.OptionalInt;

/**
 * When the model is judged, and on what. See {@link Settings}.
 *
 * @param every rounds from one validation to the next; empty for the end of each epoch
 */
public record ValidationSettings(OptionalInt every, Split split) {
  public ValidationSettings {
    Settings.VALIDATION_EVERY.check(every);
  }

  static ValidationSettings of(SettingValues values) {
    return new ValidationSettings(
        values.of(Settings.VALIDATION_EVERY), values.of(Settings.VALIDATION_SPLIT));
  }
}
