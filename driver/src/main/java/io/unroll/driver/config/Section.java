package io.unroll.driver.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of one section, in the order in which they are declared. */
final class Section {
  private final String name;
  private final List<Setting<?>> settings = new ArrayList<>();

  /**
   * A section without settings.
   *
   * @param name what stands before the dot of their keys; empty for keys without one
   */
  Section(String name) {
    this.name = name;
  }

  /** Declares a setting with a default, which always has an effect. */
  <T> Setting<T> add(
      String name, ValueType<T> type, T defaultValue, Range<T> range, String description) {
    return add(name, type, defaultValue, range, description, new Condition.Always());
  }

  /** Declares a setting with a default, which has an effect on some runs. */
  <T> Setting<T> add(
      String name,
      ValueType<T> type,
      T defaultValue,
      Range<T> range,
      String description,
      Condition condition) {
    return add(
        new Setting<>(key(name), type, Optional.of(defaultValue), range, description, condition));
  }

  /** Declares a setting. */
  <T> Setting<T> add(Setting<T> setting) {
    settings.add(setting);
    return setting;
  }

  private String key(String setting) {
    return name.isEmpty() ? setting : name + "." + setting;
  }

  List<Setting<?>> settings() {
    return List.copyOf(settings);
  }
}
