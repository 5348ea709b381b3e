package io.unroll.driver.config;

import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.Range.ifPresentAtLeast;
import static io.unroll.driver.config.ValueType.DURATION_TYPE;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.LONG;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.choice;
import static io.unroll.driver.config.ValueType.integerOr;
import static io.unroll.driver.config.ValueType.numberOr;
import static io.unroll.driver.config.ValueType.optionalOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How long and on how much at a time.
 *
 * @param batch B, sequences per lane and step
 * @param window T, time steps per gradient
 * @param stateReset probability that a stream of text begins a window from a state of zeros
 * @param order of captions, sequences and examples in an epoch
 * @param classWeights what labels count in the loss
 * @param maxRounds the run ends after so many rounds; empty if only the epochs count
 * @param patience validations without improvement after which the run ends; 0 for never
 * @param maxTime time of all rounds after which the run ends; empty for no limit
 * @param untilLoss validation loss, nats per token, at which the run ends; empty for none
 */
public record TrainingSettings(
    int batch,
    int window,
    double stateReset,
    Order order,
    ClassWeights classWeights,
    int epochs,
    OptionalInt maxRounds,
    long seed,
    int patience,
    Optional<Duration> maxTime,
    OptionalDouble untilLoss) {
  /** In which order captions, sequences and examples are read. */
  public enum Order {
    /** A new one in every epoch. */
    SHUFFLED,
    /** That of the dataset, but for neighbours. */
    DATASET
  }

  /** What labels count in the loss. */
  public enum ClassWeights {
    /** Each label alike, so that frequent ones count for much. */
    NONE,
    /** n / (K n_k) for each of the n_k labels k, so that all K kinds count alike. */
    BALANCED
  }

  static final Section SECTION = new Section("training");

  public static final Setting<Integer> BATCH =
      SECTION.add(
          "batch", INTEGER, 32, atLeast(1), "sequences side by side in one step of one lane");
  public static final Setting<Integer> WINDOW =
      SECTION.add(
          "window",
          INTEGER,
          64,
          atLeast(1),
          "time steps that one gradient is computed on (truncated back-propagation); an example is never cut",
          Condition.On.TEXT);
  public static final Setting<Double> STATE_RESET =
      SECTION.add(
          "state-reset",
          NUMBER,
          0.02,
          fractionBelowOne(),
          "probability that a stream of text begins a window from a fresh state; 0 carries it for ever",
          new Condition.On(List.of(DataKind.STREAM)));
  public static final Setting<Order> ORDER =
      SECTION.add(
          "order",
          choice(Order.class),
          Order.SHUFFLED,
          any(),
          "shuffled anew in every epoch, or as in the dataset, shuffled among neighbours only (for curricula)",
          new Condition.On(
              List.of(DataKind.CAPTIONS, DataKind.SEQUENCES, DataKind.LABELLED, DataKind.PAIRS)));
  public static final Setting<ClassWeights> CLASS_WEIGHTS =
      SECTION.add(
          "class-weights",
          choice(ClassWeights.class),
          ClassWeights.NONE,
          any(),
          "balanced: labels that training has seldom count more in the loss, all kinds alike",
          Condition.On.LABELLED);
  public static final Setting<Integer> EPOCHS =
      SECTION.add("epochs", INTEGER, 10, atLeast(1), "passes over the training split");
  public static final Setting<OptionalInt> MAX_ROUNDS =
      SECTION.add(
          "max-rounds",
          integerOr("none"),
          OptionalInt.empty(),
          ifPresentAtLeast(1),
          "rounds after which the run ends even before its last epoch");
  public static final Setting<Long> SEED =
      SECTION.add(
          "seed", LONG, 1L, any(), "seed of initialisation, dropout, shuffling and samples");
  public static final Setting<Integer> PATIENCE =
      SECTION.add(
          "patience",
          INTEGER,
          0,
          atLeast(0),
          "validations without improvement after which the run ends; 0 for never");

  public static final Setting<Optional<Duration>> MAX_TIME =
      SECTION.add(
          "max-time",
          optionalOf(DURATION_TYPE),
          Optional.empty(),
          new Range<>("", value -> value.filter(Duration::isZero).isEmpty()),
          "the run ends after the round in which its rounds have taken so long, over all starts");
  public static final Setting<OptionalDouble> UNTIL_LOSS =
      SECTION.add(
          "until-loss",
          numberOr("none"),
          OptionalDouble.empty(),
          new Range<>("> 0", value -> value.isEmpty() || value.getAsDouble() > 0),
          "the run ends when the validation loss, in nats per token, is this or lower");

  public TrainingSettings {
    BATCH.check(batch);
    WINDOW.check(window);
    STATE_RESET.check(stateReset);
    ORDER.check(order);
    CLASS_WEIGHTS.check(classWeights);
    EPOCHS.check(epochs);
    MAX_ROUNDS.check(maxRounds);
    PATIENCE.check(patience);
    MAX_TIME.check(maxTime);
    UNTIL_LOSS.check(untilLoss);
  }

  static TrainingSettings of(SettingValues values) {
    return new TrainingSettings(
        values.of(BATCH),
        values.of(WINDOW),
        values.of(STATE_RESET),
        values.of(ORDER),
        values.of(CLASS_WEIGHTS),
        values.of(EPOCHS),
        values.of(MAX_ROUNDS),
        values.of(SEED),
        values.of(PATIENCE),
        values.of(MAX_TIME),
        values.of(UNTIL_LOSS));
  }
}
