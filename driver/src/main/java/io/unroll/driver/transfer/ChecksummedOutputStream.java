package io.unroll.driver.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes what {@link ChecksummedInputStream} reads: chunks of at most {@value #LARGEST} bytes, each
 * behind its length and its CRC-32C (4 bytes each, big-endian); a chunk of length 0 is the end. The
 * CRC covers the number of the chunk (from 0), its length and its bytes, so no chunk can be
 * missing, or be in the place of another.
 */
final class ChecksummedOutputStream extends OutputStream {
  static final int HEADER = 2 * Integer.BYTES;

  /** Small enough to stay in the cache of a core between the CRC and the copy. */
  static final int LARGEST = 1 << 16;

  private final OutputStream out;
  private final byte[] chunk = new byte[HEADER + LARGEST];
  private int length;
  private int number;
  private boolean closed;

  ChecksummedOutputStream(OutputStream out) {
    this.out = out;
  }

  /** The CRC-32C of a chunk. */
  static int checksum(int number, byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(number).putInt(length).flip());
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  @Override
  public void write(int value) throws IOException {
    if (length == LARGEST) {
      writeChunk();
    }
    chunk[HEADER + length++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    int left = count;
    while (left > 0) {
      if (length == LARGEST) {
        writeChunk();
      }
      int fitting = Math.min(left, LARGEST - length);
      System.arraycopy(bytes, from, chunk, HEADER + length, fitting);
      length += fitting;
      from += fitting;
      left -= fitting;
    }
  }

  private void writeChunk() throws IOException {
    int crc = checksum(number, chunk, HEADER, length);
    ByteBuffer.wrap(chunk).putInt(length).putInt(crc);
    out.write(chunk, 0, HEADER + length);
    number++;
    length = 0;
  }

  /** Writes what is there as a chunk that may be short. */
  @Override
  public void flush() throws IOException {
    if (length > 0) {
      writeChunk();
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      flush();
      writeChunk(); // the end
    }
  }
}
