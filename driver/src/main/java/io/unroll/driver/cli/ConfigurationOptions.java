package io.unroll.driver.cli;

import io.unroll.driver.config.ConfigurationLoader;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.Setting;
import io.unroll.driver.config.Settings;
import io.unroll.driver.config.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code --config}, {@code --set}, and one flag per setting, made from the table of settings. */
final class ConfigurationOptions {
  private static final String COMMAND_LINE = "command line";
  private static final Pattern SETTING_FLAG = Pattern.compile("--\\w[-\\w]*\\..*");

  /** Flags that scripts type often. */
  private static final Map<Setting<?>, String> SHORT =
      Map.of(TrainingSettings.MAX_TIME, "--max-time", TrainingSettings.UNTIL_LOSS, "--until-loss");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with settings, such as conf/quickstart.yaml; a path or Hadoop URI")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "sets one setting; may be repeated. The same as the flag --KEY VALUE")
  private List<String> pairs = new ArrayList<>();

  /** Adds a flag for each setting, in one group per section. */
  static void addFlags(CommandSpec command) {
    // Misspelt ones are told by load, with all other problems.
    command.parser().unmatchedArgumentsAllowed(true);
    Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      groups
          .computeIfAbsent(setting.section(), section -> group(section, groups.size()))
          .addArg(flag(setting));
    }
    groups.values().forEach(group -> command.addArgGroup(group.build()));
  }

  private static ArgGroupSpec.Builder group(String section, int order) {
    String heading = section.isEmpty() ? "Places" : "Settings of " + section;
    return ArgGroupSpec.builder()
        .heading("%n" + heading + ":%n")
        .exclusive(false)
        .validate(false)
        .multiplicity("0..1")
        .order(order);
  }

  private static OptionSpec flag(Setting<?> setting) {
    String value = setting.defaultText().map(text -> "default: " + text + "; ").orElse("");
    String only = setting.condition().text();
    String condition = only.isEmpty() ? "" : "; only " + only;
    String name = name(setting);
    return OptionSpec.builder(name, SHORT.getOrDefault(setting, name))
        .type(String.class)
        .paramLabel(setting.section().isEmpty() ? "URI" : "VALUE")
        .description(
            "%s (%s%s%s)".formatted(setting.description(), value, setting.expected(), condition))
        .build();
  }

  private static String name(Setting<?> setting) {
    return "--" + setting.key();
  }

  /**
   * The configuration that file and flags make.
   *
   * @throws io.unroll.driver.config.ConfigurationException naming every problem
   * @throws UsageException if the file cannot be read
   */
  RunConfiguration load(ParseResult parsed) {
    ConfigurationLoader loader = new ConfigurationLoader();
    if (file != null) {
      loader.read(file, ConfigurationFile.read(file));
    }
    pairs.forEach(pair -> loader.setPair(pair, COMMAND_LINE));
    misspelt(parsed).forEach(pair -> loader.setPair(pair, COMMAND_LINE));
    for (Setting<?> setting : Settings.all()) {
      if (parsed.hasMatchedOption(name(setting))) {
        loader.set(setting.key(), parsed.matchedOptionValue(name(setting), ""), COMMAND_LINE);
      }
    }
    return loader.load();
  }

  /**
   * Flags that look like settings and are none, as {@code key=value}: told with all other problems.
   *
   * @throws UnmatchedArgumentException for whatever else was not understood
   */
  private static List<String> misspelt(ParseResult parsed) {
    List<String> settings = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String argument : parsed.unmatched()) {
      int last = settings.size() - 1;
      if (SETTING_FLAG.matcher(argument).matches()) {
        settings.add(argument.substring(2));
      } else if (last < 0 || settings.get(last).contains("=") || argument.startsWith("--")) {
        others.add(argument);
      } else {
        settings.set(last, settings.get(last) + "=" + argument);
      }
    }
    if (!others.isEmpty()) {
      throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), others);
    }
    return settings;
  }
}
