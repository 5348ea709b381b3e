package io.unroll.driver.config;

import static io.unroll.driver.config.Range.aboveZero;
import static io.unroll.driver.config.Range.any;
import static io.unroll.driver.config.ValueType.NUMBER;
import static io.unroll.driver.config.ValueType.choice;

import io.unroll.worker.train.Clipping;

/** Gradient clipping. */
public record ClippingSettings(Kind kind, double maxNorm) {
  static final Section SECTION = new Section("clipping");

  public static final Setting<Kind> KIND =
      SECTION.add(
          "kind", choice(Kind.class), Kind.NORM, any(), "clipping by the global L2 norm, or none");
  public static final Setting<Double> MAX_NORM =
      SECTION.add(
          "max-norm",
          NUMBER,
          1.0,
          aboveZero(),
          "largest L2 norm that a gradient keeps",
          KIND.is(Kind.NORM));

  /** By the global L2 norm over all parameters, or not at all. */
  public enum Kind {
    NORM,
    NONE
  }

  public ClippingSettings {
    MAX_NORM.check(maxNorm);
  }

  /** The worker's clipping. */
  public Clipping clipping() {
    return kind == Kind.NORM ? new Clipping(maxNorm) : Clipping.NONE;
  }

  static ClippingSettings of(SettingValues values) {
    return new ClippingSettings(values.of(KIND), values.of(MAX_NORM));
  }
}
