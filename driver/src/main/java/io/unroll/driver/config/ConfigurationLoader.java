package io.unroll.driver.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gathers settings, first those of the file and then those of the command line, which win; then
 * builds the configuration or tells all problems at once.
 */
public final class ConfigurationLoader {
  /** Most bytes of a file that need be read: one with more is too long. */
  public static final int LARGEST_FILE = 4 * YamlSettings.LONGEST;

  /** Unknown keys after so many problems are not told: the file is no configuration at all. */
  private static final int MOST_PROBLEMS = 100;

  private final SettingValues values = new SettingValues();
  private final Set<String> refused = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private boolean unread;

  /**
   * Sets one setting; an unknown key or a bad value becomes a problem of {@link #load}.
   *
   * @param origin where the text stands, such as {@code conf/x.yaml:3}; empty if that says nothing
   */
  public void set(String key, String text, String origin) {
    set(key, origin, setting -> values.put(setting, text));
  }

  /** Sets one setting to YAML's null. */
  void setNull(String key, String text, String origin) {
    set(key, origin, setting -> values.putNull(setting, text));
  }

  private void set(String key, String origin, Consumer<Setting<?>> put) {
    Optional<Setting<?>> setting = Settings.find(key);
    if (setting.isEmpty()) {
      if (problems.size() >= MOST_PROBLEMS) {
        return; // one is enough to refuse it
      }
      String remedy =
          NearestKey.to(key)
              .map(near -> "did you mean %s?".formatted(near))
              .orElse("docs/configuration.md and 'unroll train --help' list all");
      problem(origin, "Unknown setting: %s (%s)".formatted(key, remedy));
      return;
    }
    values.give(setting.get(), origin);
    try {
      put.accept(setting.get());
    } catch (InvalidSettingException e) {
      refused.add(key);
      problem(origin, e.getMessage());
    }
  }

  /**
   * Reads a YAML file; what is wrong with it becomes problems of {@link #load}.
   *
   * @param file its name in messages
   */
  public void read(String file, String yaml) {
    YamlSettings.read(file, yaml, this);
  }

  /**
   * Sets one setting from {@code key=value}, as it stands after {@code --set}.
   *
   * @param origin such as {@code --set}
   */
  public void setPair(String pair, String origin) {
    int split = pair.indexOf('=');
    if (split < 1) {
      problem(origin, "Invalid setting: %s (expected key=value)".formatted(pair));
    } else {
      set(pair.substring(0, split).strip(), pair.substring(split + 1), origin);
    }
  }

  /** Notes that something which is no text stands where the value should be. */
  void refuse(Setting<?> setting, String found, String origin) {
    values.give(setting, origin);
    refused.add(setting.key());
    problem(origin, setting.invalid(found).getMessage());
  }

  /** Notes that a file could not be read: what it may have set is not missed. */
  void unreadable(String origin, String message) {
    unread = true;
    problem(origin, message);
  }

  /** Adds a problem of the text around the settings. */
  void problem(String origin, String message) {
    problems.add(origin.isEmpty() ? message : origin + ": " + message);
  }

  /**
   * The configuration.
   *
   * @throws ConfigurationException naming every problem
   */
  public RunConfiguration load() {
    problems.addAll(WithoutEffect.among(values, this::isKnown));
    return loadStored();
  }

  /**
   * The configuration that a run has stored: those of earlier versions have all settings, also
   * those without effect.
   *
   * @throws ConfigurationException naming every problem
   */
  public RunConfiguration loadStored() {
    for (Setting<?> setting : Settings.all()) {
      if (!unread && values.lacks(setting) && !refused.contains(setting.key())) {
        problems.add("Missing setting: %s (%s)".formatted(setting.key(), setting.description()));
      }
    }
    checkModel();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new RunConfiguration(values);
  }

  /** Whether the value of a setting is what was asked for. */
  private boolean isKnown(Setting<?> setting) {
    boolean given = values.origin(setting).isPresent();
    return given ? !refused.contains(setting.key()) : !unread;
  }

  /** The one section with a rule between its settings; told together with all other problems. */
  private void checkModel() {
    if (refused.stream().noneMatch(key -> key.startsWith("model."))) {
      try {
        ModelSettings.of(values);
      } catch (InvalidSettingException e) {
        problem(Settings.find(e.key()).flatMap(values::origin).orElse(""), e.getMessage());
      }
    }
  }
}
