package io.unroll.dataprep.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is given bit by bit, in hexadecimal digits. */
public final class Sha256 {
  private static final int BUFFER = 1 << 18;

  private final MessageDigest digest;
  private long bytes;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Adds all that is left of a stream. */
  public Sha256 add(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      bytes += read;
    }
    return this;
  }

  /** Adds whole numbers of 8 bytes each, the most significant byte first. */
  Sha256 add(long[] numbers) {
    ByteBuffer encoded = ByteBuffer.allocate(numbers.length * Long.BYTES);
    encoded.asLongBuffer().put(numbers);
    return add(encoded.array());
  }

  /** Adds whole numbers of 4 bytes each, the most significant byte first. */
  Sha256 add(int[] numbers) {
    ByteBuffer encoded = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    encoded.asIntBuffer().put(numbers);
    return add(encoded.array());
  }

  /** Adds numbers of 4 bytes each, as IEEE 754 has them, the most significant byte first. */
  Sha256 add(float[] numbers) {
    ByteBuffer encoded = ByteBuffer.allocate(numbers.length * Float.BYTES);
    encoded.asFloatBuffer().put(numbers);
    return add(encoded.array());
  }

  /** Adds the UTF-8 of a text. */
  Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public Sha256 add(byte[] added) {
    digest.update(added);
    bytes += added.length;
    return this;
  }

  /** Bytes added so far. */
  public long bytes() {
    return bytes;
  }

  /** The digits; nothing can be added afterwards. */
  public String digits() {
    return HexFormat.of().formatHex(digest());
  }

  /** The 32 bytes that the digits stand for; nothing can be added afterwards. */
  byte[] digest() {
    return digest.digest();
  }
}
