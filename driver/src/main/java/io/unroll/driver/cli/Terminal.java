package io.unroll.driver.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person watches. */
final class Terminal {
  private static final Path OUTPUT = Path.of("/dev/fd/1");

  /** The kind of file in a mode, and that of terminals: S_IFMT and S_IFCHR of sys/stat.h. */
  private static final int KIND = 0xF000;

  private static final int CHARACTER_DEVICE = 0x2000;

  private Terminal() {}

  /**
   * Whether standard output is a terminal, or another device. {@code System.console()} does not
   * tell: there is none as soon as standard input comes from a file.
   */
  static boolean isOutput() {
    return isDevice(OUTPUT);
  }

  /** Where nobody can say, it may well be one. */
  static boolean isDevice(Path file) {
    try {
      int mode = (Integer) Files.getAttribute(file, "unix:mode");
      return (mode & KIND) == CHARACTER_DEVICE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return true;
    }
  }
}
