package io.unroll.worker.train;

import java.io.Serializable;

/** What is done to a gradient that is too long. */
public sealed interface Clipping extends Serializable permits NormClip, NoClip {
  /**
   * The factor that a gradient of this norm is multiplied by, in (0, 1].
   *
   * @param norm finite L2 norm over all parameters
   */
  double scale(double norm);
}
