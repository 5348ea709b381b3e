package io.unroll.driver.config;

import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.SWITCH;
import static io.unroll.driver.config.ValueType.choice;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is trained; the vocabulary's size comes from the dataset. */
public record ModelSettings(
    Cell cell, int layers, int hidden, int embedding, double dropout, boolean tieWeights) {
  static final Section SECTION = new Section("model");

  public static final Setting<Cell> CELL =
      SECTION.add("cell", choice(Cell.class), Cell.LSTM, any(), "recurrent cell");
  public static final Setting<Integer> LAYERS =
      SECTION.add("layers", INTEGER, 2, atLeast(1), "recurrent layers, one on top of the other");
  public static final Setting<Integer> HIDDEN =
      SECTION.add("hidden", INTEGER, 256, atLeast(1), "units per layer");
  public static final Setting<Integer> EMBEDDING =
      SECTION.add("embedding", INTEGER, 128, atLeast(1), "size of a token's vector");
  public static final Setting<Double> DROPOUT =
      SECTION.add(
          "dropout",
          NUMBER,
          0.0,
          fractionBelowOne(),
          "probability of dropping the output of a unit on its way up, not through time, while training");
  public static final Setting<Boolean> TIE_WEIGHTS =
      SECTION.add(
          "tie-weights",
          SWITCH,
          false,
          any(),
          "whether output layer and embedding share their weight; needs model.embedding = model.hidden");

  public ModelSettings {
    LAYERS.check(layers);
    HIDDEN.check(hidden);
    EMBEDDING.check(embedding);
    DROPOUT.check(dropout);
    if (tieWeights && embedding != hidden) {
      throw new InvalidSettingException(
          TIE_WEIGHTS.key(),
          "true",
          String.format(
              Locale.ROOT,
              "false, or model.embedding = model.hidden, but they are %d and %d",
              embedding,
              hidden));
    }
  }

  /** The settings of a model that is there. */
  public static ModelSettings of(Architecture architecture) {
    return new ModelSettings(
        architecture.cell(),
        architecture.layers(),
        architecture.hidden(),
        architecture.embedding(),
        architecture.dropout(),
        architecture.tieWeights());
  }

  /** The values by setting; all but the dropout are the shape of the parameters. */
  private Map<Setting<?>, Object> values() {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    values.put(CELL, cell);
    values.put(LAYERS, layers);
    values.put(HIDDEN, hidden);
    values.put(EMBEDDING, embedding);
    values.put(DROPOUT, dropout);
    values.put(TIE_WEIGHTS, tieWeights);
    return values;
  }

  /** Settings of the shape that were given with other values, in words. */
  List<String> conflicts(SettingValues given, String whose) {
    List<String> conflicts = new ArrayList<>();
    SettingValues own = new SettingValues();
    putMissing(own);
    for (Setting<?> setting : values().keySet()) {
      boolean isShape = !setting.equals(DROPOUT);
      if (isShape && given.isGiven(setting) && !given.text(setting).equals(own.text(setting))) {
        conflicts.add(
            "Invalid %s: %s (expected %s, %s)"
                .formatted(setting.key(), given.text(setting), own.text(setting), whose));
      }
    }
    return conflicts;
  }

  /** Puts these values where none were given. */
  void putMissing(SettingValues into) {
    values()
        .forEach(
            (setting, value) -> {
              if (!into.isGiven(setting)) {
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
        values.of(DROPOUT),
        values.of(TIE_WEIGHTS));
  }

  /** The worker's architecture for a vocabulary of that size. */
  public Architecture architecture(int vocabulary) {
    return new Architecture(cell, vocabulary, embedding, hidden, layers, dropout, tieWeights);
  }
}
