package io.unroll.driver.config;

import java.util.ArrayList;
import java.util.List;

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

  /** Declares a setting with a default. */
  <T> Setting<T> add(
      String name, ValueType<T> type, T defaultValue, Range<T> range, String description) {
    return add(Setting.of(key(name), type, defaultValue, range, description));
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
