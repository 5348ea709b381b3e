package io.unroll.worker.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Set;

/**
 * A language model whose layers read each the one below, and which drops only what they say:
 * version 1, all in one object.
 */
final class FlatDescription {
  private static final String FINGERPRINT = "vocabulary-fingerprint";
  private static final Set<String> KEYS =
      Set.of(
          "format-version",
          "cell",
          "layers",
          "hidden",
          "embedding",
          "dropout",
          "tie-weights",
          "vocabulary",
          FINGERPRINT);

  private static final int MAX_LAYERS = 1 << 10;

  private FlatDescription() {}

  /** Whether a model is one that version 1 can describe. */
  static boolean has(LanguageArchitecture model) {
    return model.connections() == Connections.PLAIN
        && model.dropout().equals(Dropouts.ofLayers(model.dropout().layers()));
  }

  static void write(
      LanguageArchitecture architecture, ModelDescription description, ObjectNode json) {
    json.put("cell", architecture.cell().key());
    json.put("layers", architecture.layers());
    json.put("hidden", architecture.hidden());
    json.put("embedding", architecture.embedding());
    json.put("dropout", architecture.dropout().layers());
    json.put("tie-weights", architecture.tieWeights());
    json.put("vocabulary", architecture.vocabulary());
    json.put(FINGERPRINT, description.fingerprint(Column.TOKENS));
  }

  static ModelDescription read(StrictObject json) throws FormatException {
    json.allowOnly(KEYS);
    LanguageArchitecture architecture =
        new LanguageArchitecture(
            Cell.of(json.text("cell")),
            json.size("vocabulary"),
            json.size("embedding"),
            json.size("hidden"),
            json.size("layers", MAX_LAYERS),
            json.number("dropout"),
            json.isTrue("tie-weights"));
    return ModelDescription.ofTokens(architecture, json.text(FINGERPRINT));
  }
}
