package io.unroll.worker.train;

/** What all learning-rate schedules demand of their settings. */
final class LearningRateChecks {
  private LearningRateChecks() {}

  static void rate(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid optimizer.learning-rate: " + rate + " (expected > 0)");
    }
  }

  static void factor(double factor) {
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          "Invalid optimizer.step-factor: " + factor + " (expected 0 < step-factor <= 1)");
    }
  }

  static void warmUp(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException(
          "Invalid optimizer.warm-up: " + steps + " (expected 0 or more steps)");
    }
  }
}
