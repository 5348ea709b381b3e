package io.unroll.worker.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.Stack;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Any model: version 2, an object for each part. */
final class NestedDescription {
  private static final int MAX_LAYERS = 1 << 10;
  static final String KIND = "kind";
  private static final String LANGUAGE_MODEL = "language-model";
  private static final String LABELER = "labeler";
  static final String STACK = "stack";
  static final String SOURCE = "source";
  static final String DROPOUT = "dropout";
  static final String FINGERPRINT = "fingerprint";

  /** Only where it is not 0, as older programs know it. */
  private static final String EMBEDDING = "embedding";

  /** Likewise. */
  private static final String WEIGHTS = "weights";

  private NestedDescription() {}

  static void write(ModelDescription description, ObjectNode json) {
    if (description.architecture() instanceof LanguageArchitecture model) {
      write(model, description, json);
    } else if (description.architecture() instanceof LabelerArchitecture model) {
      write(model, description, json);
    } else if (description.architecture() instanceof EncoderDecoderArchitecture model) {
      EncoderDecoderDescription.write(model, description, json);
    }
  }

  private static void write(
      LanguageArchitecture model, ModelDescription description, ObjectNode json) {
    json.put(KIND, LANGUAGE_MODEL);
    write(model.stack(), json.putObject(STACK));
    ObjectNode tokens = json.putObject(Column.TOKENS.key());
    write(model.vocabulary(), description.fingerprint(Column.TOKENS), tokens);
    tokens.put("embedding", model.embedding());
    if (model.dropout().equals(Dropouts.ofLayers(model.dropout().layers()))) {
      json.put(DROPOUT, model.dropout().layers());
    } else {
      write(model.dropout(), json.putObject(DROPOUT));
    }
    json.put("tie-weights", model.tieWeights());
  }

  private static void write(
      LabelerArchitecture model, ModelDescription description, ObjectNode json) {
    json.put(KIND, LABELER);
    write(model.source(), description, json.putObject(SOURCE));
    write(model.stack(), json.putObject(STACK));
    ArrayNode pooling = json.putArray("pooling");
    model.pooling().forEach(way -> pooling.add(way.key()));
    write(model.dropout(), json.putObject(DROPOUT));
    ObjectNode labels = json.putObject(Column.LABELS.key());
    write(model.labels(), description.fingerprint(Column.LABELS), labels);
  }

  static void write(int size, String fingerprint, ObjectNode json) {
    json.put("size", size).put(FINGERPRINT, fingerprint);
  }

  static void write(Stack stack, ObjectNode json) {
    json.put("cell", stack.cell().key())
        .put("layers", stack.layers())
        .put("hidden", stack.hidden())
        .put("bidirectional", stack.bidirectional())
        .put("connections", stack.connections().key());
  }

  static void write(Source source, ModelDescription description, ObjectNode json) {
    if (!(source instanceof Tokens tokens)) {
      json.putObject("vectors").put("size", source.size());
      return;
    }
    ObjectNode node = json.putObject(Column.TOKENS.key());
    write(tokens.vocabulary(), description.fingerprint(Column.TOKENS), node);
    node.put("embedding", tokens.embedding());
    if (tokens.characters().isPresent()) {
      Characters characters = tokens.characters().get();
      node = json.putObject(Column.CHARACTERS.key());
      write(characters.vocabulary(), description.fingerprint(Column.CHARACTERS), node);
      node.put("embedding", characters.embedding()).put("hidden", characters.hidden());
    }
  }

  static void write(Dropouts dropout, ObjectNode json) {
    json.put("input", dropout.input())
        .put("layers", dropout.layers())
        .put("locked", dropout.locked())
        .put("words", dropout.words().word())
        .put("rare-words", dropout.words().rare());
    if (dropout.embedding() > 0) {
      json.put(EMBEDDING, dropout.embedding());
    }
    if (dropout.weights() > 0) {
      json.put(WEIGHTS, dropout.weights());
    }
  }

  static ModelDescription read(StrictObject json) throws FormatException {
    String kind =
        json.field(
                KIND,
                node ->
                    Set.of(LANGUAGE_MODEL, LABELER, EncoderDecoderDescription.NAME)
                        .contains(node.asText()),
                "%s, %s or %s".formatted(LANGUAGE_MODEL, LABELER, EncoderDecoderDescription.NAME))
            .asText();
    return switch (kind) {
      case LANGUAGE_MODEL -> languageModel(json);
      case LABELER -> labeler(json);
      default -> EncoderDecoderDescription.read(json);
    };
  }

  private static ModelDescription languageModel(StrictObject json) throws FormatException {
    json.allowOnly(
        Set.of("format-version", KIND, STACK, Column.TOKENS.key(), DROPOUT, "tie-weights"));
    Stack stack = stack(json.object(STACK));
    StrictObject tokens = json.object(Column.TOKENS.key());
    tokens.allowOnly(Set.of("size", FINGERPRINT, "embedding"));
    LanguageArchitecture architecture =
        new LanguageArchitecture(
            stack.cell(),
            tokens.size("size"),
            tokens.size("embedding"),
            stack.hidden(),
            stack.layers(),
            json.hasObject(DROPOUT)
                ? dropout(json.object(DROPOUT))
                : Dropouts.ofLayers(json.number(DROPOUT)),
            json.isTrue("tie-weights"),
            stack.connections());
    return ModelDescription.ofTokens(architecture, tokens.text(FINGERPRINT));
  }

  private static ModelDescription labeler(StrictObject json) throws FormatException {
    json.allowOnly(
        Set.of("format-version", KIND, SOURCE, STACK, "pooling", DROPOUT, Column.LABELS.key()));
    Map<Column, String> fingerprints = new EnumMap<>(Column.class);
    Source source = source(json.object(SOURCE), fingerprints);
    StrictObject labels = json.object(Column.LABELS.key());
    labels.allowOnly(Set.of("size", FINGERPRINT));
    fingerprints.put(Column.LABELS, labels.text(FINGERPRINT));
    LabelerArchitecture architecture =
        new LabelerArchitecture(
            source,
            stack(json.object(STACK)),
            labels.size("size"),
            pooling(json),
            dropout(json.object(DROPOUT)));
    return new ModelDescription(architecture, fingerprints);
  }

  static Source source(StrictObject json, Map<Column, String> fingerprints) throws FormatException {
    if (json.has("vectors")) {
      json.allowOnly(Set.of("vectors"));
      StrictObject vectors = json.object("vectors");
      vectors.allowOnly(Set.of("size"));
      return new Numbers(vectors.size("size"));
    }
    json.allowOnly(Set.of(Column.TOKENS.key(), Column.CHARACTERS.key()));
    StrictObject tokens = json.object(Column.TOKENS.key());
    tokens.allowOnly(Set.of("size", FINGERPRINT, "embedding"));
    fingerprints.put(Column.TOKENS, tokens.text(FINGERPRINT));
    Optional<Characters> characters = Optional.empty();
    if (json.has(Column.CHARACTERS.key())) {
      StrictObject read = json.object(Column.CHARACTERS.key());
      read.allowOnly(Set.of("size", FINGERPRINT, "embedding", "hidden"));
      fingerprints.put(Column.CHARACTERS, read.text(FINGERPRINT));
      characters =
          Optional.of(
              new Characters(read.size("size"), read.size("embedding"), read.size("hidden")));
    }
    return new Tokens(tokens.size("size"), tokens.size("embedding"), characters);
  }

  static Stack stack(StrictObject json) throws FormatException {
    json.allowOnly(Set.of("cell", "layers", "hidden", "bidirectional", "connections"));
    return new Stack(
        Cell.of(json.text("cell")),
        json.size("hidden"),
        json.size("layers", MAX_LAYERS),
        json.isTrue("bidirectional"),
        Connections.of(json.text("connections")));
  }

  private static List<Pooling> pooling(StrictObject json) throws FormatException {
    List<Pooling> ways = new ArrayList<>();
    for (JsonNode way : json.field("pooling", JsonNode::isArray, "an array")) {
      ways.add(Pooling.of(way.asText()));
    }
    return ways;
  }

  /** Which words are rare is the training data's, not the model's. */
  static Dropouts dropout(StrictObject json) throws FormatException {
    json.allowOnly(Set.of("input", "layers", "locked", "words", "rare-words", EMBEDDING, WEIGHTS));
    return new Dropouts(
        json.number("input"),
        json.number("layers"),
        json.isTrue("locked"),
        json.has(EMBEDDING) ? json.number(EMBEDDING) : 0,
        json.has(WEIGHTS) ? json.number(WEIGHTS) : 0,
        new WordDropout(json.number("words"), json.number("rare-words"), 0, -1));
  }
}
