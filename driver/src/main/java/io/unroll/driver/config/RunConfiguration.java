package io.unroll.driver.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that a training run is told. Immutable and valid by construction. */
public final class RunConfiguration {
  static final Section PLACES = new Section("");

  public static final Setting<String> DATA =
      PLACES.add(Setting.required("data", "dataset directory, as `prep` wrote it"));
  public static final Setting<String> RUN =
      PLACES.add(Setting.required("run", "run directory, made or continued"));

  public static final Setting<String> CONTINUE_FROM =
      PLACES.add(
          "continue-from",
          ValueType.TEXT,
          "",
          Range.optionalPlace(),
          "model, run or registry whose model the training begins with, instead of random values; what `model.*` does not give is taken from it");

  private final SettingValues values;
  private final Optional<DataKind> dataset;
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
    this(values.copy(), Optional.empty());
  }

  private RunConfiguration(SettingValues values, Optional<DataKind> dataset) {
    this.values = values;
    this.dataset = dataset;
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
    return loader(settings).load();
  }

  /**
   * The configuration with the settings that a run has stored.
   *
   * @throws ConfigurationException naming every problem; settings without effect are none
   */
  public static RunConfiguration ofStored(Map<String, String> settings) {
    return loader(settings).loadStored();
  }

  private static ConfigurationLoader loader(Map<String, String> settings) {
    ConfigurationLoader loader = new ConfigurationLoader();
    settings.forEach((key, text) -> loader.set(key, text, ""));
    return loader;
  }

  /** The same with another value of one setting. */
  public <T> RunConfiguration with(Setting<T> setting, T value) {
    SettingValues changed = values.copy();
    changed.set(setting, value);
    return new RunConfiguration(changed, dataset);
  }

  /**
   * The same with the settings of a model that is there; its dropout only if none was given.
   *
   * @param part which of them
   * @param whose behind an expected value, such as {@code as that model has}
   * @throws ConfigurationException naming every setting of the model's shape that was given and is
   *     another one
   */
  public RunConfiguration withModel(ModelSettings other, ModelSettings.Part part, String whose) {
    List<String> problems = other.conflicts(values, part, whose);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    SettingValues changed = values.copy();
    other.putMissing(changed, part);
    return new RunConfiguration(changed, dataset);
  }

  /**
   * The same for a dataset of that kind.
   *
   * @throws ConfigurationException naming every setting that was given and has no effect on it, or
   *     another one than it needs
   */
  public RunConfiguration on(DataKind dataset) {
    List<String> problems = new ArrayList<>(WithoutEffect.on(dataset, values));
    model
        .problem(dataset)
        .map(
            problem ->
                values.origin(ModelSettings.TIE_WEIGHTS).map(o -> o + ": ").orElse("") + problem)
        .ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new RunConfiguration(values, Optional.of(dataset));
  }

  /** The dataset directory, a Hadoop URI. */
  public String data() {
    return values.of(DATA);
  }

  /** The run directory, a Hadoop URI. */
  public String run() {
    return values.of(RUN);
  }

  /** The model that the training begins with, a Hadoop URI; empty if with random values. */
  public Optional<String> continueFrom() {
    return Optional.of(values.of(CONTINUE_FROM)).filter(place -> !place.isEmpty());
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

  /**
   * The settings that have an effect. What depends on the kind of the dataset is among them if that
   * is known and the right one; as long as it is not known, if the setting was given.
   */
  public List<Setting<?>> effective() {
    return Settings.all().stream().filter(this::isEffective).toList();
  }

  private boolean isEffective(Setting<?> setting) {
    return holds(setting)
        && setting
            .condition()
            .dataset()
            .map(
                on ->
                    dataset
                        .map(on.kinds()::contains)
                        .orElseGet(() -> values.origin(setting).isPresent()))
            .orElse(true);
  }

  /** Whether other settings let it have an effect. */
  private boolean holds(Setting<?> setting) {
    return !(setting.condition() instanceof Condition.With<?> with) || with.holds(values);
  }

  /** Whether it is still open if a setting has an effect. */
  boolean isOpen(Setting<?> setting) {
    return setting.condition().dataset().isPresent()
        && dataset.isEmpty()
        && holds(setting)
        && !isEffective(setting);
  }

  /** The values of the settings that have an effect, as text by key. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    effective().forEach(setting -> settings.put(setting.key(), text(setting)));
    return settings;
  }

  /**
   * A complete configuration file of the settings that have an effect, with the defaults as
   * comments where they differ.
   */
  public String toYaml() {
    return ConfigurationText.yaml(this);
  }

  /** For the log: one line per section, the defaults in parentheses where they differ. */
  public String summary() {
    return ConfigurationText.summary(this);
  }
}
