package io.unroll.dataprep.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Vocabularies in manifest.json. The tokenizer of the tokens stands beside their size and
 * fingerprint, as it did when there was no other vocabulary; those of the others stand within.
 */
final class VocabulariesJson {
  private static final String TOKENIZER = "tokenizer";

  private VocabulariesJson() {}

  static void write(Map<VocabularyUse, VocabularySummary> vocabularies, ObjectNode root) {
    vocabularies.forEach(
        (use, summary) -> {
          ObjectNode into;
          if (use == VocabularyUse.TOKENS) {
            TokenizerJson.write(summary.tokenizer(), root.putObject(TOKENIZER));
            into = root.putObject(use.label());
          } else {
            into = root.putObject(use.label());
            TokenizerJson.write(summary.tokenizer(), into.putObject(TOKENIZER));
          }
          into.put("size", summary.size()).put("fingerprint", summary.fingerprint());
        });
  }

  /** The fields that a manifest has of them. */
  static List<String> fields(Optional<ExampleShape> shape) {
    List<String> fields = new ArrayList<>();
    for (VocabularyUse use : uses(shape)) {
      fields.add(use.label());
      if (use == VocabularyUse.TOKENS) {
        fields.add(TOKENIZER);
      }
    }
    return fields;
  }

  private static List<VocabularyUse> uses(Optional<ExampleShape> shape) {
    if (shape.isEmpty()) {
      return List.of(VocabularyUse.TOKENS);
    }
    boolean texts = shape.get().target() == ExampleShape.Target.TEXT;
    List<VocabularyUse> uses =
        new ArrayList<>(List.of(texts ? VocabularyUse.TARGETS : VocabularyUse.LABELS));
    if (shape.get().source() == ExampleShape.Source.TOKENS) {
      uses.add(VocabularyUse.TOKENS);
    }
    if (shape.get().characters()) {
      uses.add(VocabularyUse.CHARACTERS);
    }
    return uses;
  }

  static Map<VocabularyUse, VocabularySummary> read(
      JsonObjectReader root, Optional<ExampleShape> shape) {
    Map<VocabularyUse, VocabularySummary> vocabularies = new EnumMap<>(VocabularyUse.class);
    for (VocabularyUse use : uses(shape)) {
      JsonObjectReader json = root.object(use.label());
      boolean within = use != VocabularyUse.TOKENS;
      json.allow(
          within ? List.of(TOKENIZER, "size", "fingerprint") : List.of("size", "fingerprint"));
      vocabularies.put(
          use,
          new VocabularySummary(
              TokenizerJson.read((within ? json : root).object(TOKENIZER)),
              json.integer("size"),
              json.text("fingerprint")));
    }
    return vocabularies;
  }
}
