package io.unroll.driver.config;

import static io.unroll.driver.config.Range.aboveZero;
import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fractionAboveZero;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.TEXT;

/**
 * The sample after each validation.
 *
 * @param length tokens; 0 for no sample
 * @param topK 0 for all tokens
 * @param topP 1 for all tokens
 */
public record SampleSettings(String prompt, int length, double temperature, int topK, double topP) {
  static final Section SECTION = new Section("sample");

  public static final Setting<Integer> LENGTH =
      SECTION.add(
          "length",
          INTEGER,
          200,
          atLeast(0),
          "tokens of the sample after each validation; 0 for none",
          Condition.On.TEXT);
  public static final Setting<String> PROMPT =
      SECTION.add(
          "prompt", TEXT, "", any(), "text that the samples continue", LENGTH.isIn(atLeast(1)));
  public static final Setting<Double> TEMPERATURE =
      SECTION.add(
          "temperature",
          NUMBER,
          0.8,
          aboveZero(),
          "divisor of the logits: below 1 more likely tokens, above 1 more surprising ones",
          LENGTH.isIn(atLeast(1)));
  public static final Setting<Integer> TOP_K =
      SECTION.add(
          "top-k",
          INTEGER,
          0,
          atLeast(0),
          "only so many most likely tokens may be drawn; 0 for all",
          LENGTH.isIn(atLeast(1)));
  public static final Setting<Double> TOP_P =
      SECTION.add(
          "top-p",
          NUMBER,
          1.0,
          fractionAboveZero(),
          "only the fewest tokens that have this probability together may be drawn",
          LENGTH.isIn(atLeast(1)));

  public SampleSettings {
    LENGTH.check(length);
    TEMPERATURE.check(temperature);
    TOP_K.check(topK);
    TOP_P.check(topP);
  }

  static SampleSettings of(SettingValues values) {
    return new SampleSettings(
        values.of(PROMPT),
        values.of(LENGTH),
        values.of(TEMPERATURE),
        values.of(TOP_K),
        values.of(TOP_P));
  }
}
