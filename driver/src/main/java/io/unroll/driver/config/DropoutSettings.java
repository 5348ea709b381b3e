package io.unroll.driver.config;

import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.SWITCH;

import io.unroll.worker.layer.WordDropout;
import io.unroll.worker.model.Dropouts;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a model drops while it trains. */
final class DropoutSettings {
  static final Section SECTION = new Section("model");

  static final Setting<Double> DROPOUT =
      probability(
          "dropout",
          "probability of dropping the output of a unit on its way up, not through time, while training",
          new Condition.Always());
  static final Setting<Double> INPUT_DROPOUT =
      probability(
          "input-dropout",
          "probability of dropping an element of what the first layer reads",
          new Condition.Always());
  static final Setting<Boolean> LOCKED_DROPOUT =
      SECTION.add(
          "locked-dropout",
          SWITCH,
          false,
          any(),
          "whether all steps of an example, or of a window of text, drop the same elements (variational dropout)");
  static final Setting<Double> EMBEDDING_DROPOUT =
      probability(
          "embedding-dropout",
          "probability of dropping the vector of a token, wherever it is in a window",
          Condition.On.TEXT);
  static final Setting<Double> WEIGHT_DROP =
      probability(
          "weight-drop",
          "probability of dropping a weight from a layer's state to its next one, for all steps of a window",
          new Condition.Always());
  static final Setting<Double> WORD_DROPOUT =
      probability(
          "word-dropout",
          "probability of reading a word as the unknown one while training",
          Condition.On.LABELLED);
  static final Setting<Double> RARE_WORD_DROPOUT =
      probability(
          "rare-word-dropout",
          "the same for words that the training split has once, so that the unknown word is trained",
          Condition.On.LABELLED);

  private DropoutSettings() {}

  private static Setting<Double> probability(String name, String text, Condition condition) {
    return SECTION.add(name, NUMBER, 0.0, fractionBelowOne(), text, condition);
  }

  static Dropouts of(SettingValues values) {
    return new Dropouts(
        values.of(INPUT_DROPOUT),
        values.of(DROPOUT),
        values.of(LOCKED_DROPOUT),
        values.of(EMBEDDING_DROPOUT),
        values.of(WEIGHT_DROP),
        new WordDropout(
            values.of(WORD_DROPOUT),
            values.of(RARE_WORD_DROPOUT),
            WordDropout.NONE.rareFrom(),
            WordDropout.NONE.unknown()));
  }

  static void check(Dropouts dropout) {
    DROPOUT.check(dropout.layers());
    INPUT_DROPOUT.check(dropout.input());
    EMBEDDING_DROPOUT.check(dropout.embedding());
    WEIGHT_DROP.check(dropout.weights());
    WORD_DROPOUT.check(dropout.words().word());
    RARE_WORD_DROPOUT.check(dropout.words().rare());
  }

  /** The values by setting. */
  static Map<Setting<?>, Object> values(Dropouts dropout) {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    values.put(DROPOUT, dropout.layers());
    values.put(INPUT_DROPOUT, dropout.input());
    values.put(LOCKED_DROPOUT, dropout.locked());
    values.put(EMBEDDING_DROPOUT, dropout.embedding());
    values.put(WEIGHT_DROP, dropout.weights());
    values.put(WORD_DROPOUT, dropout.words().word());
    values.put(RARE_WORD_DROPOUT, dropout.words().rare());
    return values;
  }
}
