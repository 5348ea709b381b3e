package io.unroll.driver.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksummedStreamsTest {
  private static final int HEADER = ChecksummedOutputStream.HEADER;
  private static final int LARGEST = ChecksummedOutputStream.LARGEST;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] written(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ChecksummedOutputStream out = new ChecksummedOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] read(byte[] written) throws IOException {
    try (ChecksummedInputStream in =
        new ChecksummedInputStream(new ByteArrayInputStream(written))) {
      return in.readAllBytes();
    }
  }

  private static void assertDamaged(byte[] written) {
    assertThrows(DamagedTransferException.class, () -> read(written));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, LARGEST - 1, LARGEST, LARGEST + 1, 3 * LARGEST + 5})
  void whatWasWrittenIsRead(int length) throws IOException {
    byte[] content = random(length);
    byte[] written = written(content);
    int chunks = (length + LARGEST - 1) / LARGEST;
    assertEquals(length + (chunks + 1) * HEADER, written.length);
    assertArrayEquals(content, read(written));
  }

  @Test
  void bytesOneByOneAndFlushesGiveTheSame() throws IOException {
    byte[] content = random(LARGEST + 7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ChecksummedOutputStream out = new ChecksummedOutputStream(bytes)) {
      for (int x = 0; x < content.length; x++) {
        out.write(content[x]);
        if (x % 10_000 == 0) {
          out.flush();
        }
      }
    }
    ChecksummedInputStream in =
        new ChecksummedInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    for (byte expected : content) {
      assertEquals(Byte.toUnsignedInt(expected), in.read());
    }
    assertEquals(-1, in.read());
    assertEquals(-1, in.read());
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] written = written(random(50));
    for (int bit = 0; bit < 8 * written.length; bit++) {
      byte[] damaged = written.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(damaged);
    }
  }

  @Test
  void everyMissingEndIsNoticed() throws IOException {
    byte[] written = written(random(50));
    for (int length = 0; length < written.length; length++) {
      assertDamaged(Arrays.copyOf(written, length));
    }
  }

  /** Of the same length, and each with the right CRC of its bytes. */
  @Test
  void chunksInAnotherOrderAreNoticed() throws IOException {
    byte[] written = written(random(2 * LARGEST));
    byte[] swapped = written.clone();
    int chunk = HEADER + LARGEST;
    System.arraycopy(written, chunk, swapped, 0, chunk);
    System.arraycopy(written, 0, swapped, chunk, chunk);
    assertDamaged(swapped);
  }
}
