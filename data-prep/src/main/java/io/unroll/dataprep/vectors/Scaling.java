package io.unroll.dataprep.vectors;

import java.io.Serializable;

/**
 * What is done with numbers before they are written: divided, then mean and deviation taken off.
 *
 * @param divideBytes whether numbers that are bytes are divided by 255
 * @param mean is subtracted, after that
 * @param deviation divides, after that; above 0
 */
public record Scaling(boolean divideBytes, double mean, double deviation) implements Serializable {
  /** Bytes become numbers from 0 to 1; others stay as they are. */
  public static final Scaling DEFAULT = new Scaling(true, 0, 1);

  private static final double LARGEST_BYTE = 255;

  public Scaling {
    if (!(deviation > 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "Invalid deviation: %s (expected a number above 0)".formatted(deviation));
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "Invalid mean: %s (expected a finite number)".formatted(mean));
    }
  }

  /** What 0 becomes: the background of pictures. */
  public float background() {
    return scaled(0, true);
  }

  float scaled(double number, boolean ofByte) {
    double divided = divideBytes && ofByte ? number / LARGEST_BYTE : number;
    return (float) ((divided - mean) / deviation);
  }
}
