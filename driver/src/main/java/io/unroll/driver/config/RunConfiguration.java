package io.unroll.driver.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that a training run is told. Immutable and valid by construction. */
public final class RunConfiguration {
  static final Section PLACES = new Section("");

  public static final Setting<String> DATA =
      PLACES.add(Setting.required("data", "dataset directory, as `prep` wrote it"));
  public static final Setting<String> RUN =
      PLACES.add(Setting.required("run", "run directory, made or continued"));

  private final SettingValues values;
  private final ModelSettings model;
  private final TrainingSettings training;
  private final OptimizerSettings optimizer;
  private final ClippingSettings clipping;
  private final AveragingSettings averaging;
  private final ValidationSettings validation;
  private final CheckpointSettings checkpoint;
  private final SampleSettings sample;

  /**
   * The configuration of these values.
   *
   * @throws InvalidSettingException if settings contradict each other
   */
  RunConfiguration(SettingValues values) {
    this.values = values.copy();
    this.model = ModelSettings.of(values);
    this.training = TrainingSettings.of(values);
    this.optimizer = OptimizerSettings.of(values);
    this.clipping = ClippingSettings.of(values);
    this.averaging = AveragingSettings.of(values);
    this.validation = ValidationSettings.of(values);
    this.checkpoint = CheckpointSettings.of(values);
    this.sample = SampleSettings.of(values);
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

  /** The same with another value of one setting. */
  public <T> RunConfiguration with(Setting<T> setting, T value) {
    SettingValues changed = values.copy();
    changed.set(setting, value);
    return new RunConfiguration(changed);
  }

  /** The dataset directory, a Hadoop URI. */
  public String data() {
    return values.of(DATA);
  }

  /** The run directory, a Hadoop URI. */
  public String run() {
    return values.of(RUN);
  }

  public ModelSettings model() {
    return model;
  }

  public TrainingSettings training() {
    return training;
  }

  public OptimizerSettings optimizer() {
    return optimizer;
  }

  public ClippingSettings clipping() {
    return clipping;
  }

  public AveragingSettings averaging() {
    return averaging;
  }

  public ValidationSettings validation() {
    return validation;
  }

  public CheckpointSettings checkpoint() {
    return checkpoint;
  }

  public SampleSettings sample() {
    return sample;
  }

  /** The value of a setting, as text that parses to it. */
  public String text(Setting<?> setting) {
    return values.text(setting);
  }

  /** The values of all settings, as text by key. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    Settings.all().forEach(setting -> settings.put(setting.key(), text(setting)));
    return settings;
  }

  /** A complete configuration file, with the defaults as comments where they differ. */
  public String toYaml() {
    return ConfigurationText.yaml(this);
  }

  /** For the log: one line per section, the defaults in parentheses where they differ. */
  public String summary() {
    return ConfigurationText.summary(this);
  }
}
