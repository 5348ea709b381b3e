package io.unroll.driver.config;

import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.SWITCH;
import static io.unroll.driver.config.ValueType.choice;
import static io.unroll.driver.config.ValueType.listOf;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is trained; sizes of vocabularies come from the dataset.
 *
 * @param bidirectional whether a labeler's layers also read from the end
 * @param connections how the layers read each other
 * @param pooling how the steps become one vector, where an example has one label
 * @param characterEmbedding size of a character's vector
 * @param characterHidden units of each direction over the characters; 0: they are not read
 * @param dropout what is dropped while training; of the words only how many
 * @param pairs what only models of pairs have
 */
public record ModelSettings(
    Cell cell,
    int layers,
    int hidden,
    int embedding,
    boolean tieWeights,
    Connections connections,
    boolean bidirectional,
    List<Pooling> pooling,
    int characterEmbedding,
    int characterHidden,
    Dropouts dropout,
    PairModelSettings pairs) {
  static final Section SECTION = new Section("model");

  public static final Setting<Cell> CELL =
      SECTION.add("cell", choice(Cell.class), Cell.LSTM, any(), "recurrent cell");
  public static final Setting<Integer> LAYERS =
      SECTION.add(
          "layers",
          INTEGER,
          2,
          atLeast(1),
          "recurrent layers, one on top of the other; of pairs, those of the decoder");
  public static final Setting<Integer> HIDDEN =
      SECTION.add(
          "hidden", INTEGER, 256, atLeast(1), "units per layer; of pairs, of the decoder's");
  public static final Setting<Integer> EMBEDDING =
      SECTION.add("embedding", INTEGER, 128, atLeast(1), "size of a token's vector");
  public static final Setting<Boolean> TIE_WEIGHTS =
      SECTION.add(
          "tie-weights",
          SWITCH,
          false,
          any(),
          "whether output layer and embedding share their weight; needs model.embedding = model.hidden, but not on pairs",
          new Condition.On(
              List.of(DataKind.STREAM, DataKind.CAPTIONS, DataKind.SEQUENCES, DataKind.PAIRS)));
  public static final Setting<Connections> CONNECTIONS =
      SECTION.add(
          "connections",
          choice(Connections.class),
          Connections.PLAIN,
          any(),
          "how layers read each other: the one below; residual: what a layer read is added to what it says; skip: all read the input, and the output layer reads all of them");
  public static final Setting<Boolean> BIDIRECTIONAL =
      SECTION.add(
          "bidirectional",
          SWITCH,
          true,
          any(),
          "whether each level has a second layer that reads from the end; of pairs, the encoder's",
          Condition.On.EXAMPLES);
  public static final Setting<List<Pooling>> POOLING =
      SECTION.add(
          "pooling",
          listOf(choice(Pooling.class)),
          List.of(Pooling.LAST),
          new Range<>("each once", ways -> Set.copyOf(ways).size() == ways.size()),
          "what the label of an example is computed from: the ends, the mean, or the maximum over its steps, or several",
          Condition.On.LABELLED);
  public static final Setting<Integer> CHARACTER_EMBEDDING =
      SECTION.add(
          "character-embedding",
          INTEGER,
          32,
          atLeast(1),
          "size of a character's vector, where the dataset has the words' characters",
          Condition.On.LABELLED);
  public static final Setting<Integer> CHARACTER_HIDDEN =
      SECTION.add(
          "character-hidden",
          INTEGER,
          64,
          atLeast(0),
          "units of each direction of the layer that reads a word's characters; 0 to leave them unread",
          Condition.On.LABELLED);

  public ModelSettings {
    LAYERS.check(layers);
    HIDDEN.check(hidden);
    EMBEDDING.check(embedding);
    if (tieWeights && connections == Connections.SKIP && layers > 1) {
      throw new InvalidSettingException(
          TIE_WEIGHTS.key(), "true", "false with model.connections skip");
    }
    pooling = List.copyOf(POOLING.check(pooling));
    DropoutSettings.check(dropout);
    CHARACTER_EMBEDDING.check(characterEmbedding);
    CHARACTER_HIDDEN.check(characterHidden);
  }

  /** What contradicts a dataset of that kind, in words. */
  Optional<String> problem(DataKind dataset) {
    if (tieWeights && dataset != DataKind.PAIRS && embedding != hidden) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Invalid %s: true (expected false, or model.embedding = model.hidden, but they are %d and %d)",
              TIE_WEIGHTS.key(),
              embedding,
              hidden));
    }
    return Optional.empty();
  }

  /** The settings of a model that is there. */
  public static ModelSettings of(Architecture architecture) {
    SettingValues values = new SettingValues();
    Stack stack = architecture.stack();
    values.set(CELL, stack.cell());
    values.set(LAYERS, stack.layers());
    values.set(HIDDEN, stack.hidden());
    values.set(CONNECTIONS, stack.connections());
    DropoutSettings.values(architecture.dropout()).forEach(values::putChecked);
    if (architecture instanceof LanguageArchitecture model) {
      values.set(EMBEDDING, model.embedding());
      values.set(TIE_WEIGHTS, model.tieWeights());
    } else if (architecture instanceof LabelerArchitecture model) {
      putLabeler(model, values);
    } else if (architecture instanceof EncoderDecoderArchitecture model) {
      putEncoderDecoder(model, values);
    }
    return of(values);
  }

  private static void putEncoderDecoder(EncoderDecoderArchitecture model, SettingValues values) {
    values.set(EMBEDDING, model.writer().embedding());
    values.set(TIE_WEIGHTS, model.writer().tieWeights());
    model
        .reader()
        .stack()
        .ifPresent(
            encoder -> {
              values.set(BIDIRECTIONAL, encoder.bidirectional());
              values.set(CONNECTIONS, encoder.connections());
            });
    PairModelSettings.put(model, values);
  }

  private static void putLabeler(LabelerArchitecture model, SettingValues values) {
    values.set(BIDIRECTIONAL, model.stack().bidirectional());
    if (model.isPooled()) {
      values.set(POOLING, model.pooling());
    }
    if (model.source() instanceof Tokens tokens) {
      values.set(EMBEDDING, tokens.embedding());
      values.set(CHARACTER_HIDDEN, tokens.characters().map(Characters::hidden).orElse(0));
      tokens
          .characters()
          .ifPresent(characters -> values.set(CHARACTER_EMBEDDING, characters.embedding()));
    }
  }

  /** Whether it must stay the same when a training goes on from a model. */
  private static boolean isShape(Setting<?> setting) {
    return Stream.of(
            DropoutSettings.SECTION.settings(),
            List.of(PairModelSettings.LABEL_SMOOTHING, PairModelSettings.ATTENTION_COVERAGE))
        .noneMatch(others -> others.contains(setting));
  }

  /** The values by setting. */
  private Map<Setting<?>, Object> values() {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    values.put(CELL, cell);
    values.put(LAYERS, layers);
    values.put(HIDDEN, hidden);
    values.put(EMBEDDING, embedding);
    values.put(TIE_WEIGHTS, tieWeights);
    values.put(CONNECTIONS, connections);
    values.put(BIDIRECTIONAL, bidirectional);
    values.put(POOLING, pooling);
    values.put(CHARACTER_EMBEDDING, characterEmbedding);
    values.put(CHARACTER_HIDDEN, characterHidden);
    values.putAll(DropoutSettings.values(dropout));
    pairs.putInto(values);
    return values;
  }

  /** Which settings a training takes from a model that it begins with. */
  public enum Part {
    /** All: it goes on as that model. */
    ALL,
    /** Those of the vectors of tokens and of the layer that reads them. */
    WORDS;

    private boolean has(Setting<?> setting) {
      return this == ALL || OF_WORDS.contains(setting);
    }
  }

  private static final Set<Setting<?>> OF_WORDS = Set.of(CELL, HIDDEN, EMBEDDING);

  /** Settings of the shape that were given with other values, in words. */
  List<String> conflicts(SettingValues given, Part part, String whose) {
    List<String> conflicts = new ArrayList<>();
    SettingValues own = new SettingValues();
    putMissing(own, Part.ALL);
    for (Setting<?> setting : values().keySet()) {
      boolean isShape = part.has(setting) && isShape(setting);
      if (isShape && given.isGiven(setting) && !given.text(setting).equals(own.text(setting))) {
        conflicts.add(
            "Invalid %s: %s (expected %s, %s)"
                .formatted(setting.key(), given.text(setting), own.text(setting), whose));
      }
    }
    return conflicts;
  }

  /** Puts these values where none were given. */
  void putMissing(SettingValues into, Part part) {
    values()
        .forEach(
            (setting, value) -> {
              if (part.has(setting) && !into.isGiven(setting)) {
                into.putChecked(setting, value);
              }
            });
  }

  static ModelSettings of(SettingValues values) {
    return new ModelSettings(
        values.of(CELL),
        values.of(LAYERS),
        values.of(HIDDEN),
        values.of(EMBEDDING),
        values.of(TIE_WEIGHTS),
        values.of(CONNECTIONS),
        values.of(BIDIRECTIONAL),
        values.of(POOLING),
        values.of(CHARACTER_EMBEDDING),
        values.of(CHARACTER_HIDDEN),
        DropoutSettings.of(values),
        PairModelSettings.of(values));
  }

  /** The recurrent layers of a labeler. */
  public Stack stack() {
    return new Stack(cell, hidden, layers, bidirectional, connections);
  }

  /** The encoder's recurrent layers; null where vectors are read as they are. */
  public Stack encoder() {
    return pairs.encoderLayers() == 0
        ? null
        : new Stack(cell, pairs.encoderHidden(), pairs.encoderLayers(), bidirectional, connections);
  }

  /** The decoder's recurrent layers. */
  public Stack decoder() {
    return new Stack(cell, hidden, layers, false, Connections.PLAIN);
  }

  /** The worker's architecture of a language model for a vocabulary of that size. */
  public LanguageArchitecture architecture(int vocabulary) {
    return new LanguageArchitecture(
        cell, vocabulary, embedding, hidden, layers, dropout, tieWeights, connections);
  }
}
