package io.unroll.dataprep.vectors;

import java.nio.ByteBuffer;

/** IDX files of bytes. */
public final class IdxFile {
  private IdxFile() {}

  public static byte[] of(int[] shape, int... numbers) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + numbers.length);
    file.put(new byte[] {0, 0, 8, (byte) shape.length});
    for (int size : shape) {
      file.putInt(size);
    }
    for (int number : numbers) {
      file.put((byte) number);
    }
    return file.array();
  }
}
