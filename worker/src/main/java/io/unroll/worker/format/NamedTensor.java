package io.unroll.worker.format;

import java.util.Arrays;
import java.util.Locale;

/**
 * A tensor in a safetensors file, or to be written to one.
 *
 * @param name unique in its file
 * @param shape sizes of the dimensions, outermost first; empty for a single number
 * @param values array that holds the elements, row-major; not copied
 * @param offset index of the first element in values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would double the memory
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
}
