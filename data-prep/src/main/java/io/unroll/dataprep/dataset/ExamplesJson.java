package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The shape of examples in manifest.json; targets that are texts have a version of their own. */
final class ExamplesJson {
  static final String FIELD = "examples";

  /** It is there only where it is true, and in examples with text targets only. */
  private static final String GROUPED = "grouped";

  private ExamplesJson() {}

  static void write(ExampleShape shape, ObjectNode root) {
    ObjectNode json =
        root.putObject(FIELD)
            .put("source", shape.source().label())
            .put("vector-size", shape.vectorSize())
            .put("target", shape.target().label())
            .put("characters", shape.characters())
            .put("rare-from", shape.rareFrom());
    if (shape.grouped()) {
      json.put(GROUPED, true);
    }
  }

  static ExampleShape read(JsonObjectReader root) {
    JsonObjectReader json = root.object(FIELD);
    boolean texts = root.integer("version") == ManifestJson.WITH_TEXT_TARGETS;
    List<String> fields =
        new ArrayList<>(List.of("source", "vector-size", "target", "characters", "rare-from"));
    if (texts) {
      fields.add(GROUPED);
    }
    json.allow(fields);
    try {
      return new ExampleShape(
          source(json),
          json.integer("vector-size"),
          target(json, texts),
          json.flag("characters"),
          json.integer("rare-from"),
          json.has(GROUPED) && json.flag(GROUPED));
    } catch (IllegalArgumentException e) {
      throw root.invalid(FIELD, e.getMessage());
    }
  }

  private static ExampleShape.Source source(JsonObjectReader json) {
    String label = json.text("source");
    return Arrays.stream(ExampleShape.Source.values())
        .filter(source -> source.label().equals(label))
        .findFirst()
        .orElseThrow(() -> json.invalid("source", "tokens or vectors"));
  }

  private static ExampleShape.Target target(JsonObjectReader json, boolean texts) {
    String label = json.text("target");
    return Arrays.stream(ExampleShape.Target.values())
        .filter(target -> target.label().equals(label))
        .filter(target -> texts == (target == ExampleShape.Target.TEXT))
        .findFirst()
        .orElseThrow(() -> json.invalid("target", texts ? "text in version 6" : "label or tags"));
  }
}
