package io.unroll.dataprep.images;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the pixels of a picture become what a network reads: {@code (scale * p - mean) / deviation}
 * for p from 0 to 255, with a mean and a deviation for each channel.
 *
 * @param mean one for all channels, or one for each, in their order
 * @param deviation likewise; above 0
 */
public record PixelOptions(
    Channels channels, Fit fit, double scale, List<Double> mean, List<Double> deviation)
    implements Serializable {
  private static final int COLOURS = 3;

  /** What the numbers of a pixel are, in their order. */
  public enum Channels {
    RGB,
    BGR,
    /** Luma by ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B. */
    GREY;

    /** As users write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name, if there is one. */
    public static Optional<Channels> of(String label) {
      return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
    }

    int count() {
      return this == GREY ? 1 : COLOURS;
    }

    /** A channel of a pixel 0xRRGGBB, from 0 to 255. */
    int of(int pixel, int channel) {
      if (this != GREY) {
        int shift = 8 * (this == BGR ? channel : COLOURS - 1 - channel);
        return (pixel >> shift) & 0xff;
      }
      return (299 * ((pixel >> 16) & 0xff)
              + 587 * ((pixel >> 8) & 0xff)
              + 114 * (pixel & 0xff)
              + 500)
          / 1000;
    }
  }

  /** What becomes of a picture of another shape. */
  public enum Fit {
    /** All of it is there, longer one way. */
    STRETCH,
    /** It keeps its shape, and what stands out at both ends is cut off. */
    CROP;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name, if there is one. */
    public static Optional<Fit> of(String label) {
      return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
    }
  }

  public PixelOptions {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException("Invalid scale: " + scale + " (expected a finite number)");
    }
    requireNumbers("mean", mean, channels, -Double.MAX_VALUE);
    requireNumbers("deviation", deviation, channels, Double.MIN_VALUE);
  }

  private static void requireNumbers(
      String name, List<Double> numbers, Channels channels, double least) {
    boolean finite = numbers.stream().allMatch(x -> x >= least && x <= Double.MAX_VALUE);
    boolean counted = numbers.size() == 1 || numbers.size() == channels.count();
    if (!finite || !counted) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected one number%s%s)"
              .formatted(
                  name,
                  numbers,
                  least > 0 ? " above 0" : "",
                  channels.count() > 1
                      ? ", or one for each of the channels " + channels.label()
                      : ""));
    }
  }

  /** What a network reads in place of a channel's value from 0 to 255. */
  float number(int value, int channel) {
    return (float) ((scale * value - at(mean, channel)) / at(deviation, channel));
  }

  private static double at(List<Double> numbers, int channel) {
    return numbers.get(numbers.size() == 1 ? 0 : channel);
  }
}
