package io.unroll.driver.report;

import io.unroll.driver.config.ClippingSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.Setting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a report says of a run beside its events.
 *
 * @param title the run's name
 * @param summary one line on what is trained on what; may be empty
 * @param unit what one token is
 * @param parameters number of trained parameters
 * @param maxNorm gradient norm from which steps are clipped; empty without clipping
 * @param settings those that have an effect, in the order to show them
 */
public record RunDescription(
    String title,
    String summary,
    TokenUnit unit,
    long parameters,
    OptionalDouble maxNorm,
    List<EffectiveSetting> settings) {

  /**
   * One setting.
   *
   * @param key such as {@code model.layers}
   * @param value its value as text
   * @param defaultValue its default as text; empty if it has none
   */
  public record EffectiveSetting(String key, String value, Optional<String> defaultValue) {
    boolean changed() {
      return !defaultValue.equals(Optional.of(value));
    }

    /** What stands before the first dot; empty without one. */
    String section() {
      return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
    }
  }

  /**
   * A description with the norm and the settings of a configuration.
   *
   * @param title the run's name
   * @param summary one line on what is trained on what; may be empty
   */
  public static RunDescription of(
      String title,
      String summary,
      TokenUnit unit,
      long parameters,
      RunConfiguration configuration) {
    ClippingSettings clipping = configuration.clipping();
    return new RunDescription(
        title,
        summary,
        unit,
        parameters,
        clipping.kind() == ClippingSettings.Kind.NORM
            ? OptionalDouble.of(clipping.maxNorm())
            : OptionalDouble.empty(),
        configuration.effective().stream()
            .map(setting -> effective(setting, configuration))
            .toList());
  }

  private static EffectiveSetting effective(Setting<?> setting, RunConfiguration configuration) {
    return new EffectiveSetting(setting.key(), configuration.text(setting), setting.defaultText());
  }

  /** The same by another title. */
  public RunDescription titled(String other) {
    return new RunDescription(other, summary, unit, parameters, maxNorm, settings);
  }

  public RunDescription {
    Checks.require(parameters >= 0, "parameters", parameters, ">= 0");
    settings = List.copyOf(settings);
  }
}
