package io.unroll.driver.config;

import java.util.OptionalInt;

/**
 * How long and on how much at a time. See {@link Settings}.
 *
 * @param batch B, sequences per lane and step
 * @param window T, time steps per gradient
 * @param stateReset probability that a stream of text begins a window from a state of zeros
 * @param maxRounds the run ends after so many rounds; empty if only the epochs count
 * @param patience validations without improvement after which the run ends; 0 for never
 */
public record TrainingSettings(
    int batch,
    int window,
    double stateReset,
    int epochs,
    OptionalInt maxRounds,
    long seed,
    int patience) {
  public TrainingSettings {
    Settings.BATCH.check(batch);
    Settings.WINDOW.check(window);
    Settings.STATE_RESET.check(stateReset);
    Settings.EPOCHS.check(epochs);
    Settings.MAX_ROUNDS.check(maxRounds);
    Settings.PATIENCE.check(patience);
  }

  static TrainingSettings of(SettingValues values) {
    return new TrainingSettings(
        values.of(Settings.BATCH),
        values.of(Settings.WINDOW),
        values.of(Settings.STATE_RESET),
        values.of(Settings.EPOCHS),
        values.of(Settings.MAX_ROUNDS),
        values.of(Settings.SEED),
        values.of(Settings.PATIENCE));
  }
}
