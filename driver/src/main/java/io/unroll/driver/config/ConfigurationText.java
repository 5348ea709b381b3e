package io.unroll.driver.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** The effective values of a configuration beside the defaults: as YAML, and short for people. */
final class ConfigurationText {
  private static final Dump QUOTED =
      new Dump(
          DumpSettings.builder()
              .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
              .setSplitLines(false)
              .build());

  private ConfigurationText() {}

  static String yaml(RunConfiguration configuration) {
    List<Setting<?>> effective = configuration.effective();
    StringBuilder yaml = new StringBuilder();
    String section = "";
    for (Setting<?> setting : Settings.all()) {
      if (!effective.contains(setting) && !configuration.isOpen(setting)) {
        continue;
      }
      if (!setting.section().equals(section)) {
        section = setting.section();
        yaml.append(section).append(":\n");
      }
      boolean open = configuration.isOpen(setting);
      yaml.append(section.isEmpty() ? "" : "  ")
          .append(open ? "# " : "")
          .append(setting.name())
          .append(": ")
          .append(scalar(setting, configuration))
          .append(open ? " # only " + setting.condition().text() : "");
      otherDefault(setting, configuration)
          .ifPresent(text -> yaml.append(" # default ").append(quote(setting, text)));
      yaml.append('\n');
    }
    return yaml.toString();
  }

  /** One line per section; defaults in parentheses where they differ. */
  static String summary(RunConfiguration configuration) {
    StringBuilder summary = new StringBuilder();
    String section = null;
    for (Setting<?> setting : configuration.effective()) {
      if (setting.equals(RunConfiguration.CONTINUE_FROM)
          && configuration.continueFrom().isEmpty()) {
        continue;
      }
      String heading = setting.section().isEmpty() ? setting.name() : setting.section();
      if (!heading.equals(section)) {
        section = heading;
        summary.append(summary.isEmpty() ? "" : "\n").append("%-11s".formatted(heading));
      }
      summary.append(setting.section().isEmpty() ? " " : " " + setting.name() + "=");
      summary.append(scalar(setting, configuration));
      otherDefault(setting, configuration)
          .ifPresent(text -> summary.append(" (").append(quote(setting, text)).append(')'));
    }
    return summary.toString();
  }

  private static String scalar(Setting<?> setting, RunConfiguration configuration) {
    return quote(setting, configuration.text(setting));
  }

  private static String quote(Setting<?> setting, String text) {
    return setting.type().equals(ValueType.TEXT) ? QUOTED.dumpToString(text).strip() : text;
  }

  private static Optional<String> otherDefault(Setting<?> setting, RunConfiguration configuration) {
    return setting.defaultText().filter(text -> !text.equals(configuration.text(setting)));
  }
}
