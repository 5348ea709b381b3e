package io.unroll.dataprep.images;

/**
 * Makes a row of pixels shorter or longer, by a triangle that is as wide as a pixel of the coarser
 * of both rows: bilinear interpolation where the row grows, a weighted mean of all pixels where it
 * shrinks, as torchvision's Resize of a picture has it. Weights are whole numbers of 2^-22, so that
 * the pixels are those of Pillow's BILINEAR, to the bit.
 */
final class Resampling {
  private static final int BITS = 22;

  private final int[] first;
  private final int[][] weights;

  /**
   * @param from where the part begins that is taken, in pixels of the row that is there
   * @param length of that part
   * @param most pixels of the row that is there
   * @param pixels of the row that is made
   */
  Resampling(double from, double length, int most, int pixels) {
    this.first = new int[pixels];
    this.weights = new int[pixels][];
    double step = length / pixels;
    double reach = Math.max(1, step);
    for (int to = 0; to < pixels; to++) {
      double centre = from + (to + 0.5) * step;
      int begin = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(most, (int) (centre + reach + 0.5));
      first[to] = begin;
      weights[to] = triangle(begin, end, centre, reach);
    }
  }

  private static int[] triangle(int begin, int end, double centre, double reach) {
    double[] found = new double[end - begin];
    double sum = 0;
    for (int x = 0; x < found.length; x++) {
      found[x] = Math.max(0, 1 - Math.abs((begin + x + 0.5 - centre) / reach));
      sum += found[x];
    }
    int[] whole = new int[found.length];
    for (int x = 0; x < whole.length; x++) {
      whole[x] = (int) (0.5 + found[x] / sum * (1 << BITS));
    }
    return whole;
  }

  /** Pixels of the row that is made. */
  int pixels() {
    return first.length;
  }

  /**
   * A pixel of the row that is made.
   *
   * @param row pixels {@code from}, {@code from + stride} and so on, 0 to 255
   */
  int at(int pixel, int[] row, int from, int stride) {
    int sum = 1 << (BITS - 1);
    for (int x = 0; x < weights[pixel].length; x++) {
      sum += weights[pixel][x] * row[from + (first[pixel] + x) * stride];
    }
    return sum >> BITS;
  }
}
