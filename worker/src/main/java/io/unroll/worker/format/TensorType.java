package io.unroll.worker.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types of a tensor's elements that are read, by their names in the format. All become floats. */
enum TensorType {
  /** IEEE 754 binary32, the only one that is written. */
  F32(Float.BYTES),

  /** IEEE 754 binary16, PyTorch's {@code float16}. */
  F16(Short.BYTES),

  /** The upper half of a binary32, PyTorch's {@code bfloat16}. */
  BF16(Short.BYTES),

  /** IEEE 754 binary64, rounded to the nearest float. */
  F64(Double.BYTES);

  private static final int SIGN = 0x8000;
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;
  private static final int EXPONENT = 0x1f;

  /** From the bias of a half's exponent, 15, to that of a float's, 127. */
  private static final int BIAS_CHANGE = 127 - 15;

  private static final int FLOAT_FRACTION_BITS = 23;

  /** What the last bit of a half is worth that is subnormal. */
  private static final float SMALLEST_HALF = 0x1p-24f;

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of that name, if it is one of these. */
  static Optional<TensorType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(TensorType::name).collect(Collectors.joining(", "));
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  /**
   * Takes elements from a buffer, whose order is the format's.
   *
   * @param to overwritten from index from on, for count elements
   * @return index in to of the first double that is finite but beyond the range of a float, which
   *     is infinite there; -1 if there is none
   */
  int take(ByteBuffer source, float[] to, int from, int count) {
    if (this == F32) {
      source.asFloatBuffer().get(to, from, count);
      return -1;
    }
    int beyond = -1;
    for (int x = 0; x < count; x++) {
      int at = x * bytes;
      float value =
          switch (this) {
            case F16 -> ofHalf(source.getShort(at));
            case BF16 -> Float.intBitsToFloat(source.getShort(at) << Short.SIZE);
            case F64 -> (float) source.getDouble(at);
            case F32 -> throw new IllegalStateException("Taken already");
          };
      to[from + x] = value;
      if (beyond < 0
          && this == F64
          && Float.isInfinite(value)
          && Double.isFinite(source.getDouble(at))) {
        beyond = from + x;
      }
    }
    return beyond;
  }

  /** The float that equals a half; every half has one. */
  static float ofHalf(short half) {
    int exponent = half >> FRACTION_BITS & EXPONENT;
    int fraction = half & FRACTION;
    boolean negative = (half & SIGN) != 0;
    if (exponent == 0) {
      float magnitude = fraction * SMALLEST_HALF;
      return negative ? -magnitude : magnitude;
    }
    int floatExponent = exponent == EXPONENT ? 0xff : exponent + BIAS_CHANGE;
    int bits =
        (floatExponent << FLOAT_FRACTION_BITS)
            | (fraction << (FLOAT_FRACTION_BITS - FRACTION_BITS));
    return Float.intBitsToFloat(negative ? bits | Integer.MIN_VALUE : bits);
  }
}
