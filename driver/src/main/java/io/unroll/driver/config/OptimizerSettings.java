package io.unroll.driver.config;

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
