package io.unroll.dataprep.images;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.images.NetworkInput.Order;
import java.util.Arrays;

/**
 * What a network says of some pictures.
 *
 * @param shape [count, F], [count, R, F], or a grid: [count, F, height, width] or [count, height,
 *     width, F], by the order of what was read
 * @param values in that order; not copied
 */
public record NetworkOutput(long[] shape, float[] values) {
  private static final int GRID = 4;

  /** R vectors of F numbers, one after the other. */
  record Vectors(int rows, int columns, float[] values) {}

  /**
   * The vectors of each picture.
   *
   * @param network name of its file, for messages
   * @throws DataException if the shape is none of those
   */
  Vectors[] byPicture(String network, int count, Order order) {
    if (shape.length < 2 || shape.length > GRID || shape[0] != count || values.length == 0) {
      throw new DataException(
          "Cannot use the network %s: what it computes has the shape %s for %s pictures (expected [count, F], [count, R, F], or a grid of vectors; --network-output names another output)"
              .formatted(network, Arrays.toString(shape), count));
    }
    int each = values.length / count;
    boolean turned = shape.length == GRID && order == Order.CHANNELS_FIRST;
    int columns = Math.toIntExact(turned ? shape[1] : shape[shape.length - 1]);
    int rows = each / columns;
    Vectors[] found = new Vectors[count];
    for (int n = 0; n < count; n++) {
      float[] own = Arrays.copyOfRange(values, n * each, (n + 1) * each);
      found[n] = new Vectors(rows, columns, turned ? turned(own, rows, columns) : own);
    }
    return found;
  }

  /** From a place after the other in each channel to a vector for each place. */
  private static float[] turned(float[] channels, int rows, int columns) {
    float[] vectors = new float[channels.length];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        vectors[row * columns + column] = channels[column * rows + row];
      }
    }
    return vectors;
  }
}
