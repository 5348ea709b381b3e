package io.unroll.worker.train;

import io.unroll.worker.math.Kernels;
import java.io.Serializable;

/** What is done to a gradient that is too long. */
public sealed interface Clipping extends Serializable permits NormClip, NoClip {
  /**
   * The factor that a gradient of this norm is multiplied by, in (0, 1].
   *
   * @param norm finite L2 norm over all parameters
   */
  double scale(double norm);

  /**
   * Clips in place. A gradient whose norm is not finite is left as it is.
   *
   * @param gradient modified
   * @return the L2 norm over all parameters before clipping; not finite if an element is not
   */
  default double clip(float[] gradient, Kernels kernels) {
    double norm = Math.sqrt(kernels.sumOfSquares(gradient, 0, gradient.length));
    float scale = (float) (Double.isFinite(norm) ? scale(norm) : 1);
    if (scale < 1f) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= scale;
      }
    }
    return norm;
  }
}
