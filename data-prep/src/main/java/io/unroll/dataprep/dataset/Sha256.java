package io.unroll.dataprep.dataset;

import java.io.IOException;
import java.io.InputStream;
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

  /** Adds the UTF-8 of a text. */
  Sha256 add(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    digest.update(encoded);
    bytes += encoded.length;
    return this;
  }

  /** Bytes added so far. */
  public long bytes() {
    return bytes;
  }

  /** The digits; nothing can be added afterwards. */
  public String digits() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
