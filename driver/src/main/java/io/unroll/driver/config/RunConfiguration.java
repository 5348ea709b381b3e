package io.unroll.driver.config;

import java.util.Map;

/**
 * Everything that a training run is told. Immutable and valid by construction.
 *
 * @param data dataset directory, a Hadoop URI
 * @param run run directory, a Hadoop URI
 */
public record RunConfiguration(
    String data,
    String run,
    ModelSettings model,
    TrainingSettings training,
    OptimizerSettings optimizer,
    ClippingSettings clipping,
    AveragingSettings averaging,
    ValidationSettings validation,
    CheckpointSettings checkpoint,
    SampleSettings sample) {
  public RunConfiguration {
    Settings.DATA.check(data);
    Settings.RUN.check(run);
  }

  /**
   * The configuration with these settings, the others at their defaults.
   *
   * @param settings text by key; {@code data} and {@code run} are needed
   * @throws ConfigurationException naming every problem
   */
  public static RunConfiguration of(Map<String, String> settings) {
    ConfigurationLoader loader = new ConfigurationLoader();
    settings.forEach((key, text) -> loader.set(key, text, ""));
    return loader.load();
  }

  /** A complete configuration file, with the defaults as comments where they differ. */
  public String toYaml() {
    return ConfigurationText.yaml(this);
  }

  /** For the log: one line per section, the defaults in parentheses where they differ. */
  public String summary() {
    return ConfigurationText.summary(this);
  }

  static RunConfiguration of(SettingValues values) {
    return new RunConfiguration(
        values.of(Settings.DATA),
        values.of(Settings.RUN),
        ModelSettings.of(values),
        TrainingSettings.of(values),
        OptimizerSettings.of(values),
        ClippingSettings.of(values),
        AveragingSettings.of(values),
        ValidationSettings.of(values),
        CheckpointSettings.of(values),
        SampleSettings.of(values));
  }
}
