package io.unroll.driver.config;

import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.NoClip;
import io.unroll.worker.train.NormClip;

/** Gradient clipping. See {@link Settings}. */
public record ClippingSettings(Kind kind, double maxNorm) {
  /** By the global L2 norm over all parameters, or not at all. */
  public enum Kind {
    NORM,
    NONE
  }

  public ClippingSettings {
    Settings.MAX_NORM.check(maxNorm);
  }

  /** The worker's clipping. */
  public Clipping clipping() {
    return kind == Kind.NORM ? new NormClip(maxNorm) : new NoClip();
  }

  static ClippingSettings of(SettingValues values) {
    return new ClippingSettings(values.of(Settings.CLIPPING), values.of(Settings.MAX_NORM));
  }
}
