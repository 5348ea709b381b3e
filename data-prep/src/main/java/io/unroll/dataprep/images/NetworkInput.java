package io.unroll.dataprep.images;

import java.util.Optional;

/**
 * What a network reads: some pictures at a time.
 *
 * @param count pictures at a time; 0 for any number
 * @param size of a picture; empty if it takes any
 * @param channels numbers of a pixel: 1 or 3
 */
public record NetworkInput(int count, Optional<PictureSize> size, int channels, Order order) {
  /** How the numbers of a picture follow each other. */
  public enum Order {
    /** A channel after the other, as PyTorch has them: [count, channels, height, width]. */
    CHANNELS_FIRST,
    /** A pixel after the other, as TensorFlow has them: [count, height, width, channels]. */
    CHANNELS_LAST
  }
}
