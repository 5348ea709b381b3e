package io.unroll.driver.config;

/**
 * The sample after each validation. See {@link Settings}.
 *
 * @param length tokens; 0 for no sample
 * @param topK 0 for all tokens
 * @param topP 1 for all tokens
 */
public record SampleSettings(String prompt, int length, double temperature, int topK, double topP) {
  public SampleSettings {
    Settings.SAMPLE_LENGTH.check(length);
    Settings.TEMPERATURE.check(temperature);
    Settings.TOP_K.check(topK);
    Settings.TOP_P.check(topP);
  }

  static SampleSettings of(SettingValues values) {
    return new SampleSettings(
        values.of(Settings.PROMPT),
        values.of(Settings.SAMPLE_LENGTH),
        values.of(Settings.TEMPERATURE),
        values.of(Settings.TOP_K),
        values.of(Settings.TOP_P));
  }
}
