package io.unroll.driver.config;

import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.Range.notNegative;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.SWITCH;
import static io.unroll.driver.config.ValueType.choice;

import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Attending;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import java.util.Map;

/**
 * What only models of pairs have: the encoder, and what the decoder is told.
 *
 * @param encoderLayers of the encoder; 0: vectors are read as they are
 * @param encoderHidden units of each of them, in each direction
 * @param attention of the decoder over what the encoder says
 * @param attentionSize numbers that attention compares
 * @param attentionGate whether a gate scales what attention finds
 * @param attentionCoverage how much training wants each step looked at once
 * @param condition how the decoder is told the summary of what was read
 * @param reverseSource whether the encoder reads from the end
 * @param labelSmoothing share of the target that training gives to all tokens alike
 */
public record PairModelSettings(
    int encoderLayers,
    int encoderHidden,
    Attention attention,
    int attentionSize,
    boolean attentionGate,
    double attentionCoverage,
    Summary condition,
    boolean reverseSource,
    double labelSmoothing) {
  static final Section SECTION = new Section("model");

  public static final Setting<Integer> ENCODER_LAYERS =
      SECTION.add(
          "encoder-layers",
          INTEGER,
          1,
          atLeast(0),
          "recurrent layers that read the source; 0 to read vectors as they are",
          Condition.On.PAIRS);
  public static final Setting<Integer> ENCODER_HIDDEN =
      SECTION.add(
          "encoder-hidden",
          INTEGER,
          256,
          atLeast(1),
          "units per layer of these, in each direction",
          Condition.On.PAIRS);
  public static final Setting<Attention> ATTENTION =
      SECTION.add(
          "attention",
          choice(Attention.class),
          Attention.ADDITIVE,
          any(),
          "what the decoder looks up in every step of what was read: a mean with weights by its state (Bahdanau, Cho and Bengio 2015), or nothing",
          Condition.On.PAIRS);
  private static final Condition ATTENDING =
      new Condition.With<>(
          ATTENTION, new Range<>("additive", value -> value == Attention.ADDITIVE));
  public static final Setting<Integer> ATTENTION_SIZE =
      SECTION.add(
          "attention-size", INTEGER, 256, atLeast(1), "numbers that attention compares", ATTENDING);
  public static final Setting<Boolean> ATTENTION_GATE =
      SECTION.add(
          "attention-gate",
          SWITCH,
          false,
          any(),
          "whether a gate by the decoder's state scales what attention finds (Xu et al. 2015)",
          ATTENDING);
  public static final Setting<Double> ATTENTION_COVERAGE =
      SECTION.add(
          "attention-coverage",
          NUMBER,
          0.0,
          notNegative(),
          "weight of what training adds to the loss where attention does not look at each step of the source once in the course of a text (Xu et al. 2015); losses are told without it",
          ATTENDING);
  public static final Setting<Summary> CONDITION =
      SECTION.add(
          "condition",
          choice(Summary.class),
          Summary.START,
          any(),
          "how the decoder is told the summary of what was read: as its first state, in every step, or both",
          Condition.On.PAIRS);
  public static final Setting<Boolean> REVERSE_SOURCE =
      SECTION.add(
          "reverse-source",
          SWITCH,
          false,
          any(),
          "whether the source is read from its end (Sutskever, Vinyals and Le 2014); without attention only",
          Condition.On.PAIRS);
  public static final Setting<Double> LABEL_SMOOTHING =
      SECTION.add(
          "label-smoothing",
          NUMBER,
          0.0,
          fractionBelowOne(),
          "share of the target that training gives to all tokens alike; losses are told without it",
          Condition.On.PAIRS);

  /** What a decoder looks up of what was read. */
  public enum Attention {
    NONE,
    ADDITIVE
  }

  public PairModelSettings {
    ENCODER_LAYERS.check(encoderLayers);
    ENCODER_HIDDEN.check(encoderHidden);
    ATTENTION_SIZE.check(attentionSize);
    ATTENTION_COVERAGE.check(attentionCoverage);
    LABEL_SMOOTHING.check(labelSmoothing);
    if (reverseSource && attention != Attention.NONE) {
      throw new InvalidSettingException(
          REVERSE_SOURCE.key(), "true", "false with model.attention additive");
    }
  }

  /** Puts the settings of a model that is there. */
  static void put(EncoderDecoderArchitecture model, SettingValues values) {
    values.set(ENCODER_LAYERS, model.reader().stack().map(Stack::layers).orElse(0));
    model.reader().stack().ifPresent(encoder -> values.set(ENCODER_HIDDEN, encoder.hidden()));
    values.set(ATTENTION, model.attends() ? Attention.ADDITIVE : Attention.NONE);
    if (model.attends()) {
      values.set(ATTENTION_SIZE, model.attending().size());
      values.set(ATTENTION_GATE, model.attending().options().gated());
      values.set(ATTENTION_COVERAGE, model.attending().options().coverage());
    }
    values.set(CONDITION, model.summary());
    values.set(REVERSE_SOURCE, model.reader().reversed());
    values.set(LABEL_SMOOTHING, model.labelSmoothing());
  }

  /** Adds the values by setting. */
  void putInto(Map<Setting<?>, Object> values) {
    values.put(ENCODER_LAYERS, encoderLayers);
    values.put(ENCODER_HIDDEN, encoderHidden);
    values.put(ATTENTION, attention);
    values.put(ATTENTION_SIZE, attentionSize);
    values.put(ATTENTION_GATE, attentionGate);
    values.put(ATTENTION_COVERAGE, attentionCoverage);
    values.put(CONDITION, condition);
    values.put(REVERSE_SOURCE, reverseSource);
    values.put(LABEL_SMOOTHING, labelSmoothing);
  }

  static PairModelSettings of(SettingValues values) {
    return new PairModelSettings(
        values.of(ENCODER_LAYERS),
        values.of(ENCODER_HIDDEN),
        values.of(ATTENTION),
        values.of(ATTENTION_SIZE),
        values.of(ATTENTION_GATE),
        values.of(ATTENTION_COVERAGE),
        values.of(CONDITION),
        values.of(REVERSE_SOURCE),
        values.of(LABEL_SMOOTHING));
  }

  /** How a decoder attends to what was read. */
  public Attending attending() {
    return attention == Attention.NONE
        ? Attending.NONE
        : new Attending(
            attentionSize,
            new io.unroll.worker.layer.Attention.Options(attentionGate, attentionCoverage));
  }
}
