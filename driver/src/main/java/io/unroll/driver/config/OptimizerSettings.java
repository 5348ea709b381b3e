package io.unroll.driver.config;

import io.unroll.worker.train.Adam;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.Cosine;
import io.unroll.worker.train.LearningRate;
import io.unroll.worker.train.Momentum;
import io.unroll.worker.train.Optimizer;
import io.unroll.worker.train.RmsProp;
import io.unroll.worker.train.Sgd;
import io.unroll.worker.train.StepDecay;

/** The update of each step and its learning rate over time. See {@link Settings}. */
public record OptimizerSettings(
    Kind kind,
    double learningRate,
    double momentum,
    boolean nesterov,
    double beta1,
    double beta2,
    double epsilon,
    double alpha,
    Schedule schedule,
    int warmUp,
    double stepFactor,
    int stepEpochs,
    double finalFraction) {
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
    COSINE
  }

  public OptimizerSettings {
    Settings.LEARNING_RATE.check(learningRate);
    Settings.MOMENTUM.check(momentum);
    Settings.BETA1.check(beta1);
    Settings.BETA2.check(beta2);
    Settings.EPSILON.check(epsilon);
    Settings.ALPHA.check(alpha);
    Settings.WARM_UP.check(warmUp);
    Settings.STEP_FACTOR.check(stepFactor);
    Settings.STEP_EPOCHS.check(stepEpochs);
    Settings.FINAL_FRACTION.check(finalFraction);
  }

  /** The worker's update rule. */
  public Optimizer rule() {
    return switch (kind) {
      case SGD -> new Sgd();
      case MOMENTUM -> new Momentum(momentum, nesterov);
      case RMSPROP -> new RmsProp(alpha, epsilon);
      case ADAM -> new Adam(beta1, beta2, epsilon);
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
    };
  }

  static OptimizerSettings of(SettingValues values) {
    return new OptimizerSettings(
        values.of(Settings.OPTIMIZER),
        values.of(Settings.LEARNING_RATE),
        values.of(Settings.MOMENTUM),
        values.of(Settings.NESTEROV),
        values.of(Settings.BETA1),
        values.of(Settings.BETA2),
        values.of(Settings.EPSILON),
        values.of(Settings.ALPHA),
        values.of(Settings.SCHEDULE),
        values.of(Settings.WARM_UP),
        values.of(Settings.STEP_FACTOR),
        values.of(Settings.STEP_EPOCHS),
        values.of(Settings.FINAL_FRACTION));
  }
}
