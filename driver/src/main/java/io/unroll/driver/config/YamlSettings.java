package io.unroll.driver.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Gives the settings of one YAML file to a loader, each with its line. Sections are mappings; a key
 * may also be written whole ({@code model.layers: 2}).
 */
final class YamlSettings {
  /** Most characters of a file: far more than a configuration ever needs. */
  static final int LONGEST = 1 << 16;

  /** Sections are one deep; the parser would go down without end. */
  private static final int DEEPEST = 8;

  private final String file;
  private final ConfigurationLoader loader;
  private final Map<String, String> seen = new HashMap<>();

  private YamlSettings(String file, ConfigurationLoader loader) {
    this.file = file;
    this.loader = loader;
  }

  /**
   * Reads a file; what cannot be read becomes a problem of the loader.
   *
   * @param file its name in messages
   */
  static void read(String file, String text, ConfigurationLoader loader) {
    YamlSettings settings = new YamlSettings(file, loader);
    if (text.length() > LONGEST) {
      loader.unreadable(
          file,
          String.format(Locale.ROOT, "Cannot read YAML: it has more than %,d characters", LONGEST));
      return;
    }
    LoadSettings options =
        LoadSettings.builder()
            .setLabel(file)
            .setBufferSize(LONGEST)
            .setSchema(new CoreSchema()) // which knows ~ and Null
            .build();
    try {
      Optional<Mark> tooDeep = tooDeep(options, text);
      if (tooDeep.isPresent()) {
        loader.unreadable(
            settings.at(tooDeep),
            String.format(Locale.ROOT, "Cannot read YAML: nested more than %d deep", DEEPEST));
        return;
      }
      new Compose(options).composeString(text).ifPresent(root -> settings.addSection("", root));
    } catch (MarkedYamlEngineException e) {
      loader.unreadable(settings.at(e.getProblemMark()), "Cannot read YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      loader.unreadable(file, "Cannot read YAML: " + e.getMessage());
    }
  }

  /** Where a text is nested too deeply, found without recursion. */
  private static Optional<Mark> tooDeep(LoadSettings options, String text) {
    int depth = 0;
    for (Event event : new Parse(options).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > DEEPEST) {
        return event.getStartMark();
      }
    }
    return Optional.empty();
  }

  private void addSection(String prefix, Node node) {
    if (isNull(node)) {
      return; // all its lines are comments
    }
    if (!(node instanceof MappingNode mapping)) {
      loader.problem(
          at(node.getStartMark()),
          "Invalid %s: %s (expected settings, one 'key: value' in a line)"
              .formatted(prefix.isEmpty() ? "configuration" : prefix, describe(node)));
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      String origin = at(entry.getKeyNode().getStartMark());
      if (entry.getKeyNode() instanceof ScalarNode name) {
        String key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
        addEntry(key, entry.getValueNode(), origin);
      } else {
        loader.problem(origin, "Invalid key: " + describe(entry.getKeyNode()));
      }
    }
  }

  private void addEntry(String key, Node value, String origin) {
    String earlier = seen.putIfAbsent(key, origin);
    if (earlier != null) {
      loader.problem(origin, "Duplicate setting: %s (already at %s)".formatted(key, earlier));
    } else if (Settings.sections().contains(key)) {
      addSection(key, value);
    } else if (isNull(value)) {
      loader.setNull(key, ((ScalarNode) value).getValue(), origin);
    } else if (value instanceof ScalarNode scalar) {
      loader.set(key, scalar.getValue(), origin);
    } else if (Settings.find(key).isPresent()) {
      loader.refuse(Settings.find(key).get(), describe(value), origin);
    } else {
      String remedy =
          NearestKey.among(Settings.sections(), key)
              .map(near -> "did you mean %s?".formatted(near))
              .orElse("expected one of " + String.join(", ", Settings.sections()));
      loader.problem(origin, "Unknown section: %s (%s)".formatted(key, remedy));
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String describe(Node node) {
    return switch (node.getNodeType()) {
      case SCALAR -> "'" + ((ScalarNode) node).getValue() + "'";
      case SEQUENCE -> "a list";
      case MAPPING -> "a section";
      case ANCHOR -> "an alias";
    };
  }

  private String at(Optional<Mark> mark) {
    return mark.map(place -> file + ":" + (place.getLine() + 1)).orElse(file);
  }
}
