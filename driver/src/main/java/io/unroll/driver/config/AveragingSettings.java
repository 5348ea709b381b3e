package io.unroll.driver.config;

import static io.unroll.driver.config.Range.aboveZero;
import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.Range.fractionInside;
import static io.unroll.driver.config.Range.ifPresentAtLeast;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.choice;
import static io.unroll.driver.config.ValueType.integerOr;

import java.util.List;
import java.util.OptionalInt;

/**
 * Rounds and what joins their lanes.
 *
 * @param lanes empty for as many as Spark trains at a time when the run begins
 * @param interval steps of each lane in a round; empty to settle it by measuring
 * @param maxOverhead share of a round's time that an interval settled by measuring leaves to Spark
 * @param warmUp rounds of one step at the beginning
 * @param outerMomentum share of the last outer step that the next one goes on with
 * @param outerLearningRate factor of the way from where a round began to the lanes' mean
 * @param tail share of the training, its last part, over which a mean of the parameters is kept
 */
public record AveragingSettings(
    OptionalInt lanes,
    OptionalInt interval,
    double maxOverhead,
    int warmUp,
    Outer outer,
    double outerMomentum,
    double outerLearningRate,
    OptimizerState optimizerState,
    double tail) {
  static final Section SECTION = new Section("averaging");

  public static final Setting<OptionalInt> LANES =
      SECTION.add(
          "lanes",
          integerOr("auto"),
          OptionalInt.empty(),
          ifPresentAtLeast(1),
          "sequential streams of steps, fixed when a run begins; `auto` for as many as Spark runs tasks at a time then, which is 1 on one machine: it computes on all cores");
  public static final Setting<OptionalInt> INTERVAL =
      SECTION.add(
          "interval",
          integerOr("auto"),
          OptionalInt.of(10),
          ifPresentAtLeast(1),
          "steps of each lane from one averaging to the next: a round; `auto` measures the first rounds and settles");
  public static final Setting<Double> MAX_OVERHEAD =
      SECTION.add(
          "max-overhead",
          NUMBER,
          0.05,
          fractionInside(),
          "share of the time that may go to synchronisation; the smallest such interval is taken",
          INTERVAL.is(OptionalInt.empty()));
  public static final Setting<Integer> WARM_UP =
      SECTION.add(
          "warm-up",
          INTEGER,
          0,
          atLeast(0),
          "rounds at the beginning that average after every step, plainly");
  public static final Setting<Outer> OUTER =
      SECTION.add(
          "outer",
          choice(Outer.class),
          Outer.MEAN,
          any(),
          "what the driver makes of the averaged parameters (docs/distributed.md)");
  public static final Setting<Double> OUTER_MOMENTUM =
      SECTION.add(
          "outer-momentum",
          NUMBER,
          0.5,
          fractionBelowOne(),
          "share of the last outer step that the next one goes on with",
          OUTER.isOneOf(List.of(Outer.BLOCK_MOMENTUM, Outer.NESTEROV)));
  public static final Setting<Double> OUTER_LEARNING_RATE =
      SECTION.add(
          "outer-learning-rate",
          NUMBER,
          1.0,
          aboveZero(),
          "factor of the way to the lanes' mean",
          OUTER.isOneOf(List.of(Outer.BLOCK_MOMENTUM, Outer.NESTEROV)));
  public static final Setting<OptimizerState> OPTIMIZER_STATE =
      SECTION.add(
          "optimizer-state",
          choice(OptimizerState.class),
          OptimizerState.AVERAGE,
          any(),
          "what becomes of the lanes' optimiser state after a round: one mean for all, each its own, or zeros",
          OptimizerSettings.KIND.isOneOf(
              List.of(
                  OptimizerSettings.Kind.MOMENTUM,
                  OptimizerSettings.Kind.RMSPROP,
                  OptimizerSettings.Kind.ADAM)));
  public static final Setting<Double> TAIL =
      SECTION.add(
          "tail",
          NUMBER,
          0.0,
          fractionBelowOne(),
          "share of the training, its last part, over which a mean of the parameters is kept; it is validated too, and is the model if it is better; 0 for none (docs/distributed.md)");

  /** What the driver does with the averaged parameters. */
  public enum Outer {
    MEAN,
    BLOCK_MOMENTUM,
    NESTEROV
  }

  /** What becomes of the lanes' optimiser state at the end of a round. */
  public enum OptimizerState {
    AVERAGE,
    KEEP,
    RESET
  }

  public AveragingSettings {
    LANES.check(lanes);
    INTERVAL.check(interval);
    MAX_OVERHEAD.check(maxOverhead);
    WARM_UP.check(warmUp);
    OUTER_MOMENTUM.check(outerMomentum);
    OUTER_LEARNING_RATE.check(outerLearningRate);
    TAIL.check(tail);
  }

  static AveragingSettings of(SettingValues values) {
    return new AveragingSettings(
        values.of(LANES),
        values.of(INTERVAL),
        values.of(MAX_OVERHEAD),
        values.of(WARM_UP),
        values.of(OUTER),
        values.of(OUTER_MOMENTUM),
        values.of(OUTER_LEARNING_RATE),
        values.of(OPTIMIZER_STATE),
        values.of(TAIL));
  }
}
