package io.unroll.bench.kernels;

import java.util.Arrays;

/**
 * The size of a benchmark, written such as {@code 50x512x2048}.
 *
 * @param dimensions what the benchmark makes of them
 */
record Size(int... dimensions) {
  static Size parse(String text) {
    return new Size(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  int dimension(int index) {
    return dimensions[index];
  }

  /** All dimensions multiplied: the elements of an array, the multiply-adds of a product. */
  long volume() {
    return Arrays.stream(dimensions).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** An array of that many small positive numbers, which repeated arithmetic keeps finite. */
  static float[] filled(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (1 + i % 7) / 4096f;
    }
    return values;
  }
}
