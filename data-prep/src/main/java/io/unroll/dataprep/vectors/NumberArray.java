package io.unroll.dataprep.vectors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * An array of numbers in a file, read from its beginning, one number after the other.
 *
 * @param shape its dimensions, the last one running fastest
 * @param type of its numbers
 * @param in the numbers
 */
public record NumberArray(int[] shape, NumberType type, InputStream in) implements Closeable {

  /** Far above any example, and so that as many numbers of 8 bytes are an array of Java. */
  public static final int LARGEST_ELEMENT = 1 << 27;

  /** Numbers of one element of the first dimension. */
  public int elementSize() {
    int size = 1;
    for (int x = 1; x < shape.length; x++) {
      size = Math.multiplyExact(size, shape[x]);
    }
    return size;
  }

  /**
   * The next numbers.
   *
   * @throws EOFException if there are not as many
   */
  public double[] next(int count) throws IOException {
    byte[] bytes = in.readNBytes(count * type.bytes());
    if (bytes.length < count * type.bytes()) {
      throw new EOFException("it ends before its last number");
    }
    return type.numbers(bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
