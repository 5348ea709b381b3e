package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.vectors.LabelledArray;
import io.unroll.dataprep.vectors.VectorShape;
import io.unroll.dataprep.vectors.VectorView;

/**
 * A picture as a few small windows on it, on a path that is always the same: to the right along its
 * upper part, and back along its lower part. A step is the numbers of a window, row by row, then
 * where its middle is: x and y from -1 (left, top) to 1. After the glimpses of <a
 * href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014</a>, but that nothing learns where to
 * look.
 *
 * @param path of the windows
 */
public record Glimpses(Path path) implements VectorView {
  /** Numbers of a window's side. */
  public static final int SIDE = 8;

  private static final int PIXELS = SIDE * SIDE;
  private static final int NUMBERS = PIXELS + 2;

  /** Where the windows are. */
  public enum Path {
    /** Six windows, which see most of a picture of 28 x 28. */
    SIX,

    /** One in the middle. */
    CENTRAL;

    /** x and y of each, as shares of the way that a window can go: 0 is left or top. */
    private double[][] places() {
      return this == SIX
          ? new double[][] {{.1, .2}, {.5, .2}, {.9, .2}, {.9, .8}, {.5, .8}, {.1, .8}}
          : new double[][] {{.5, .5}};
    }
  }

  @Override
  public VectorShape shape(int[] shape, Target target) {
    Pictures.require(shape, target, SIDE);
    return new VectorShape(NUMBERS, Target.LABEL);
  }

  @Override
  public RawExample example(LabelledArray picture) {
    int height = picture.shape()[0];
    int width = picture.shape()[1];
    double[][] places = path.places();
    float[] values = new float[places.length * NUMBERS];
    for (int x = 0; x < places.length; x++) {
      int left = (int) Math.round(places[x][0] * (width - SIDE));
      int top = (int) Math.round(places[x][1] * (height - SIDE));
      int at = x * NUMBERS;
      for (int row = 0; row < SIDE; row++) {
        System.arraycopy(
            picture.values(), (top + row) * width + left, values, at + row * SIDE, SIDE);
      }
      values[at + PIXELS] = middle(left, width);
      values[at + PIXELS + 1] = middle(top, height);
    }
    return RawExample.ofValues(picture.row(), values, picture.labels());
  }

  /** From -1 to 1, the ends of the picture. */
  private static float middle(int begin, int size) {
    return (2f * begin + SIDE) / size - 1;
  }
}
