package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {
  @TempDir private Path folder;

  @Test
  void devicesAreTerminalsAndFilesAreNot() throws IOException {
    assertTrue(Terminal.isDevice(Path.of("/dev/null")));
    assertFalse(Terminal.isDevice(Files.createFile(folder.resolve("file"))));
  }

  @Test
  void whatCannotBeAskedMayBeATerminal() {
    assertTrue(Terminal.isDevice(folder.resolve("absent")));
  }
}
