package io.unroll.worker.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A tensor in a safetensors file, or to be written to one.
 *
 * @param name unique in its file
 * @param shape sizes of the dimensions, outermost first; empty for a single number
 * @param values array that holds the elements, row-major; not copied
 * @param offset index of the first element in values
 */
public record NamedTensor(String name, int[] shape, float[] values, int offset) {
  public NamedTensor {
    long size = 1;
    for (int dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    if (size < 0 || offset < 0 || offset + size > values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot view tensor %s of shape %s at offset %d: there are %d values",
              name,
              Arrays.toString(shape),
              offset,
              values.length));
    }
  }

  /** Number of elements. */
  public int size() {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }

  /**
   * Names an element, such as "element [3, 5] of tensor output.weight".
   *
   * @param number from 0 on, row-major, without the offset
   */
  String element(int number) {
    int[] index = new int[shape.length];
    int rest = number;
    for (int x = shape.length - 1; x >= 0; x--) {
      index[x] = rest % shape[x];
      rest /= shape[x];
    }
    return "element %s of tensor %s".formatted(Arrays.toString(index), name);
  }

  /** Names the first element that is NaN or infinite, and says what it is; empty if none is. */
  Optional<String> notFinite() {
    int size = size();
    for (int x = 0; x < size; x++) {
      float value = values[offset + x];
      if (!Float.isFinite(value)) {
        return Optional.of(element(x) + " is " + value);
      }
    }
    return Optional.empty();
  }
}
