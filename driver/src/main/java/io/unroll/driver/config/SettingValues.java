package io.unroll.driver.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checked values by setting, with the default where none was put, and which ones were given. */
final class SettingValues {
  /**
   * That a setting was given, whatever its value.
   *
   * @param origin where, such as {@code conf/x.yaml:3}; empty if that says nothing
   */
  record Given(Setting<?> setting, String origin) {}

  private final Map<Setting<?>, Object> values = new HashMap<>();
  private final List<Given> given = new ArrayList<>();

  SettingValues copy() {
    SettingValues copy = new SettingValues();
    copy.values.putAll(values);
    copy.given.addAll(given);
    return copy;
  }

  /** Notes that a setting is given, before its text is read. */
  void give(Setting<?> setting, String origin) {
    given.add(new Given(setting, origin));
  }

  /** Reads a text; throws {@link InvalidSettingException} if the setting refuses it. */
  void put(Setting<?> setting, String text) {
    values.put(setting, setting.parse(text));
  }

  /** Takes YAML's null; throws {@link InvalidSettingException} if the setting refuses it. */
  void putNull(Setting<?> setting, String text) {
    values.put(setting, setting.parseNull(text));
  }

  /** Takes a value that was checked. */
  void putChecked(Setting<?> setting, Object checked) {
    values.put(setting, checked);
  }

  /** Takes a value; throws {@link InvalidSettingException} if the setting refuses it. */
  <T> void set(Setting<T> setting, T value) {
    values.put(setting, setting.check(value));
  }

  boolean lacks(Setting<?> setting) {
    return setting.defaultValue().isEmpty() && !values.containsKey(setting);
  }

  /** What was given, in that order; a setting that was given twice is there twice. */
  List<Given> given() {
    return List.copyOf(given);
  }

  /** Whether a setting was given, whatever its value. */
  boolean isGiven(Setting<?> setting) {
    return origin(setting).isPresent();
  }

  /** Where a setting was given last; empty if it was not. */
  Optional<String> origin(Setting<?> setting) {
    return given.stream()
        .filter(each -> each.setting().equals(setting))
        .map(Given::origin)
        .reduce((earlier, later) -> later);
  }

  /** The value, which is of the setting's type because it came in by this setting. */
  @SuppressWarnings("unchecked")
  <T> T of(Setting<T> setting) {
    Object value = values.get(setting);
    return value == null ? setting.defaultValue().orElseThrow() : (T) value;
  }

  /** The value as text that parses to it. */
  <T> String text(Setting<T> setting) {
    return setting.type().formatter().apply(of(setting));
  }
}
