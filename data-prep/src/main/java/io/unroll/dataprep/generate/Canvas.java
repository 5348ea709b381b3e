package io.unroll.dataprep.generate;

import java.util.Arrays;

/** A grey area of some height and width, on which a picture lies. Pixels go row by row. */
record Canvas(int height, int width, float background, float[] pixels) {
  /** An empty one. */
  Canvas(int height, int width, float background) {
    this(height, width, background, new float[height * width]);
    Arrays.fill(pixels, background);
  }

  int size() {
    return pixels.length;
  }

  /** The same with a picture as large as it is, moved to the right and down. */
  Canvas with(float[] picture, int right, int down) {
    float[] drawn = pixels.clone();
    for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      for (int x = Math.max(0, right); x < Math.min(width, width + right); x++) {
        drawn[y * width + x] = picture[(y - down) * width + x - right];
      }
    }
    return new Canvas(height, width, background, drawn);
  }

  /**
   * Height and width halved until there are at most so many pixels: each is the mean of four. Where
   * a side is odd, there is background beyond it.
   */
  Canvas halved(int most) {
    return size() <= most ? this : half().halved(most);
  }

  private Canvas half() {
    int rows = (height + 1) / 2;
    int columns = (width + 1) / 2;
    float[] means = new float[rows * columns];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        means[y * columns + x] =
            (at(2 * y, 2 * x)
                    + at(2 * y, 2 * x + 1)
                    + at(2 * y + 1, 2 * x)
                    + at(2 * y + 1, 2 * x + 1))
                / 4;
      }
    }
    return new Canvas(rows, columns, background, means);
  }

  private float at(int y, int x) {
    return y < height && x < width ? pixels[y * width + x] : background;
  }
}
