package io.unroll.worker.train;

/** Gradients stay as they are; their norm is still reported. */
public record NoClip() implements Clipping {
  @Override
  public double scale(double norm) {
    return 1;
  }
}
