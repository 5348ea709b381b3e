package io.unroll.worker.layer;

/**
 * A vector of each sequence of the source, read in every step of what is written about it: the
 * summary c of Cho et al. (2014), or an image.
 *
 * @param vector (1, B, C), on the axis of the source
 */
public record EveryStep(Signal vector) implements LayerInput {
  @Override
  public int size() {
    return vector.size();
  }
}
