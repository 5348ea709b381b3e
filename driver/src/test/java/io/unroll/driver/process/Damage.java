package io.unroll.driver.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** What disks do to files. */
public final class Damage {
  private Damage() {}

  /** Inverts the bits of the byte in the middle. */
  public static void flip(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      int octet = bytes.read();
      bytes.seek(bytes.length() / 2);
      bytes.write(~octet);
    }
  }

  /** Loses the second half. */
  public static void truncate(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2);
    }
  }
}
