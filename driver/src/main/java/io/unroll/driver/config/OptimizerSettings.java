package io.unroll.driver.config;

import static io.unroll.driver.config.Range.aboveZero;
import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.Range.atLeast;
import static io.unroll.driver.config.Range.fraction;
import static io.unroll.driver.config.Range.fractionAboveZero;
import static io.unroll.driver.config.Range.fractionBelowOne;
import static io.unroll.driver.config.ValueType.INTEGER;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.SWITCH;
import static io.unroll.driver.config.ValueType.choice;

import io.unroll.worker.train.Adam;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.Cosine;
import io.unroll.worker.train.LearningRate;
import io.unroll.worker.train.Momentum;
import io.unroll.worker.train.Optimizer;
import io.unroll.worker.train.Plateau;
import io.unroll.worker.train.RmsProp;
import io.unroll.worker.train.Sgd;
import io.unroll.worker.train.StepDecay;
import java.util.List;

/** The update of each step and its learning rate over time. */
public record OptimizerSettings(
    Kind kind,
    double learningRate,
    double momentum,
    boolean nesterov,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double l2,
    double alpha,
    Schedule schedule,
    int warmUp,
    double stepFactor,
    int stepEpochs,
    int plateauPatience,
    double finalFraction) {
  static final Section SECTION = new Section("optimizer");

  public static final Setting<Kind> KIND =
      SECTION.add("kind", choice(Kind.class), Kind.ADAM, any(), "update rule");
  public static final Setting<Double> LEARNING_RATE =
      SECTION.add("learning-rate", NUMBER, 0.002, aboveZero(), "learning rate after the warm-up");
  public static final Setting<Double> MOMENTUM =
      SECTION.add(
          "momentum",
          NUMBER,
          0.9,
          fractionBelowOne(),
          "share of the last update that the next one goes on with",
          KIND.is(Kind.MOMENTUM));
  public static final Setting<Boolean> NESTEROV =
      SECTION.add("nesterov", SWITCH, false, any(), "Nesterov's form", KIND.is(Kind.MOMENTUM));
  public static final Setting<Double> BETA1 =
      SECTION.add(
          "beta1",
          NUMBER,
          0.9,
          fractionBelowOne(),
          "decay of the mean gradient",
          KIND.is(Kind.ADAM));
  public static final Setting<Double> BETA2 =
      SECTION.add(
          "beta2",
          NUMBER,
          0.999,
          fractionBelowOne(),
          "decay of the mean squared gradient",
          KIND.is(Kind.ADAM));
  public static final Setting<Double> EPSILON =
      SECTION.add(
          "epsilon",
          NUMBER,
          1e-8,
          aboveZero(),
          "added to the divisor",
          KIND.isOneOf(List.of(Kind.RMSPROP, Kind.ADAM)));
  public static final Setting<Double> WEIGHT_DECAY =
      SECTION.add(
          "weight-decay",
          NUMBER,
          0.0,
          fraction(),
          "share of each parameter, times the learning rate, that every step takes off (AdamW)",
          KIND.is(Kind.ADAM));
  public static final Setting<Double> L2 =
      SECTION.add(
          "l2",
          NUMBER,
          0.0,
          fraction(),
          "half of it, times the sum of the squared parameters, is added to the loss that steps make smaller");
  public static final Setting<Double> ALPHA =
      SECTION.add(
          "alpha",
          NUMBER,
          0.99,
          fractionBelowOne(),
          "decay of the mean squared gradient",
          KIND.is(Kind.RMSPROP));
  public static final Setting<Schedule> SCHEDULE =
      SECTION.add(
          "schedule",
          choice(Schedule.class),
          Schedule.CONSTANT,
          any(),
          "course of the learning rate after the warm-up");
  public static final Setting<Integer> WARM_UP =
      SECTION.add(
          "warm-up",
          INTEGER,
          0,
          atLeast(0),
          "steps over which the learning rate rises linearly from zero");
  public static final Setting<Double> STEP_FACTOR =
      SECTION.add(
          "step-factor",
          NUMBER,
          0.5,
          fractionAboveZero(),
          "what the learning rate is multiplied by",
          SCHEDULE.isOneOf(List.of(Schedule.STEP, Schedule.PLATEAU)));
  public static final Setting<Integer> STEP_EPOCHS =
      SECTION.add(
          "step-epochs",
          INTEGER,
          1,
          atLeast(1),
          "epochs from one multiplication to the next",
          SCHEDULE.is(Schedule.STEP));
  public static final Setting<Integer> PLATEAU_PATIENCE =
      SECTION.add(
          "plateau-patience",
          INTEGER,
          0,
          atLeast(0),
          "validations in a row without improvement that are let pass before the learning rate is multiplied",
          SCHEDULE.is(Schedule.PLATEAU));
  public static final Setting<Double> FINAL_FRACTION =
      SECTION.add(
          "final-fraction",
          NUMBER,
          0.0,
          fraction(),
          "share of the learning rate that is left at the end",
          SCHEDULE.is(Schedule.COSINE));

  /** The optimisers. */
  public enum Kind {
    SGD,
    MOMENTUM,
    RMSPROP,
    ADAM
  }

  /** The courses that a learning rate takes after its warm-up. */
  public enum Schedule {
    CONSTANT,
    STEP,
    COSINE,
    PLATEAU
  }

  public OptimizerSettings {
    LEARNING_RATE.check(learningRate);
    MOMENTUM.check(momentum);
    BETA1.check(beta1);
    BETA2.check(beta2);
    EPSILON.check(epsilon);
    WEIGHT_DECAY.check(weightDecay);
    L2.check(l2);
    ALPHA.check(alpha);
    WARM_UP.check(warmUp);
    STEP_FACTOR.check(stepFactor);
    STEP_EPOCHS.check(stepEpochs);
    PLATEAU_PATIENCE.check(plateauPatience);
    FINAL_FRACTION.check(finalFraction);
  }

  /** The worker's update rule. */
  public Optimizer rule() {
    return switch (kind) {
      case SGD -> new Sgd();
      case MOMENTUM -> new Momentum(momentum, nesterov);
      case RMSPROP -> new RmsProp(alpha, epsilon);
      case ADAM -> new Adam(beta1, beta2, epsilon, weightDecay);
    };
  }

  /**
   * The worker's learning rate.
   *
   * @param epochSteps steps of an epoch
   */
  public LearningRate rate(int epochSteps) {
    return switch (schedule) {
      case CONSTANT -> new Constant(learningRate, warmUp);
      case STEP -> new StepDecay(learningRate, warmUp, stepFactor, (long) stepEpochs * epochSteps);
      case COSINE -> new Cosine(learningRate, warmUp, finalFraction);
      case PLATEAU -> new Plateau(learningRate, warmUp, stepFactor, plateauPatience);
    };
  }

  static OptimizerSettings of(SettingValues values) {
    return new OptimizerSettings(
        values.of(KIND),
        values.of(LEARNING_RATE),
        values.of(MOMENTUM),
        values.of(NESTEROV),
        values.of(BETA1),
        values.of(BETA2),
        values.of(EPSILON),
        values.of(WEIGHT_DECAY),
        values.of(L2),
        values.of(ALPHA),
        values.of(SCHEDULE),
        values.of(WARM_UP),
        values.of(STEP_FACTOR),
        values.of(STEP_EPOCHS),
        values.of(PLATEAU_PATIENCE),
        values.of(FINAL_FRACTION));
  }
}
