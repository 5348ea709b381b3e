package io.unroll.dataprep.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a number lies in a file.
 *
 * @param kind what it is
 * @param bytes of a number
 */
public record NumberType(Kind kind, int bytes, ByteOrder order) {
  /** What numbers are. */
  public enum Kind {
    UNSIGNED,
    SIGNED,
    FLOATING
  }

  double[] numbers(byte[] from) {
    ByteBuffer buffer = ByteBuffer.wrap(from).order(order);
    double[] numbers = new double[from.length / bytes];
    for (int x = 0; x < numbers.length; x++) {
      numbers[x] = number(buffer);
    }
    return numbers;
  }

  private double number(ByteBuffer buffer) {
    return switch (bytes) {
      case 1 -> kind == Kind.UNSIGNED ? buffer.get() & 0xFF : buffer.get();
      case 2 -> kind == Kind.UNSIGNED ? buffer.getShort() & 0xFFFF : buffer.getShort();
      case 4 ->
          switch (kind) {
            case UNSIGNED -> buffer.getInt() & 0xFFFFFFFFL;
            case SIGNED -> buffer.getInt();
            case FLOATING -> buffer.getFloat();
          };
      default -> kind == Kind.FLOATING ? buffer.getDouble() : buffer.getLong();
    };
  }
}
