package io.unroll.worker.train;

import io.unroll.worker.layer.Gradient;
import java.util.Locale;

/** What all optimisers demand of their settings and arrays. */
final class OptimizerChecks {
  private OptimizerChecks() {}

  static void fraction(String setting, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "Invalid optimizer.%s: %s (expected 0 <= %s < 1)".formatted(setting, value, setting));
    }
  }

  static void positive(String setting, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid optimizer.%s: %s (expected > 0)".formatted(setting, value));
    }
  }

  static void lengths(Optimizer optimizer, float[] parameters, Gradient gradient, float[] state) {
    long expected = (long) optimizer.slots() * parameters.length;
    if (gradient.values().length != parameters.length || state.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot update %d parameters: gradient has %d elements, state %d (expected %d and %d)",
              parameters.length,
              gradient.values().length,
              state.length,
              parameters.length,
              expected));
    }
  }
}
