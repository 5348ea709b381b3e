package io.unroll.driver.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads what a {@link ChecksummedOutputStream} wrote, and gives away no byte whose CRC-32C was not
 * checked. Throws {@link DamagedTransferException} where something else is there, also where it
 * ends too early.
 */
final class ChecksummedInputStream extends InputStream {
  private final InputStream in;
  private final byte[] header = new byte[ChecksummedOutputStream.HEADER];
  private final byte[] chunk = new byte[ChecksummedOutputStream.LARGEST];
  private int position;
  private int length;
  private int number;
  private boolean ended;

  ChecksummedInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? Byte.toUnsignedInt(chunk[position++]) : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int available = Math.min(count, length - position);
    System.arraycopy(chunk, position, bytes, offset, available);
    position += available;
    return available;
  }

  private boolean hasMore() throws IOException {
    if (position == length && !ended) {
      readChunk();
    }
    return !ended;
  }

  private void readChunk() throws IOException {
    if (in.readNBytes(header, 0, header.length) < header.length) {
      throw new DamagedTransferException("they end too early");
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int announced = fields.getInt();
    int expected = fields.getInt();
    if (announced < 0 || announced > chunk.length) {
      throw new DamagedTransferException("a chunk has an impossible length");
    }
    if (in.readNBytes(chunk, 0, announced) < announced) {
      throw new DamagedTransferException("they end too early");
    }
    int found = ChecksummedOutputStream.checksum(number, chunk, 0, announced);
    if (found != expected) {
      throw new DamagedTransferException(
          "CRC-32C %s instead of %s"
              .formatted(Integer.toHexString(found), Integer.toHexString(expected)));
    }
    number++;
    position = 0;
    length = announced;
    ended = announced == 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
