package io.unroll.driver.config;

import java.util.HashMap;
import java.util.Map;

/** Checked values by setting, with the default where none was put. */
final class SettingValues {
  private final Map<Setting<?>, Object> values = new HashMap<>();

  SettingValues copy() {
    SettingValues copy = new SettingValues();
    copy.values.putAll(values);
    return copy;
  }

  /** Reads a text; throws {@link InvalidSettingException} if the setting refuses it. */
  void put(Setting<?> setting, String text) {
    values.put(setting, setting.parse(text));
  }

  /** Takes YAML's null; throws {@link InvalidSettingException} if the setting refuses it. */
  void putNull(Setting<?> setting, String text) {
    values.put(setting, setting.parseNull(text));
  }

  /** Takes a value; throws {@link InvalidSettingException} if the setting refuses it. */
  <T> void set(Setting<T> setting, T value) {
    values.put(setting, setting.check(value));
  }

  boolean lacks(Setting<?> setting) {
    return setting.defaultValue().isEmpty() && !values.containsKey(setting);
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
