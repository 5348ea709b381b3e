package io.unroll.driver.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All settings of a run, in the order of files and documentation. Each section declares its own.
 */
public final class Settings {
  private static final List<Setting<?>> ALL =
      Stream.of(
              RunConfiguration.PLACES,
              ModelSettings.SECTION,
              DropoutSettings.SECTION,
              PairModelSettings.SECTION,
              TrainingSettings.SECTION,
              OptimizerSettings.SECTION,
              ClippingSettings.SECTION,
              AveragingSettings.SECTION,
              ValidationSettings.SECTION,
              CheckpointSettings.SECTION,
              SampleSettings.SECTION)
          .<Setting<?>>flatMap(section -> section.settings().stream())
          .toList();

  private Settings() {}

  /** All settings. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting of that key, if there is one. */
  public static Optional<Setting<?>> find(String key) {
    return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  /** First parts of the keys, such as {@code model}. */
  static Set<String> sections() {
    Set<String> sections = new LinkedHashSet<>();
    ALL.forEach(setting -> sections.add(setting.section()));
    sections.remove("");
    return sections;
  }
}
