package io.unroll.driver.cli;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConfigurationFileTest {
  @TempDir private Path folder;

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void readsAPipeThatEnds() throws IOException, InterruptedException {
    Path pipe = pipe();
    var writing =
        runAsync(
            () -> {
              try {
                Files.writeString(pipe, "data: x\n");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertEquals("data: x\n", ConfigurationFile.read(pipe.toString()));
    writing.join();
  }

  @Test
  void doesNotWaitForEverForAPipeThatNobodyWritesTo() throws IOException, InterruptedException {
    Path pipe = pipe();
    for (String name : new String[] {pipe.toString(), "file:" + pipe}) {
      var refusal =
          assertThrows(
              UsageException.class, () -> ConfigurationFile.read(name, Duration.ofSeconds(1)));
      assertEquals(
          "Cannot read --config %s: it did not end within 1 seconds (expected a file, or a pipe that somebody writes to and closes)"
              .formatted(name),
          refusal.getMessage());
    }
  }

  @Test
  void refusesADeviceThatNeverEnds() {
    var refusal = assertThrows(UsageException.class, () -> ConfigurationFile.read("/dev/zero"));
    assertTrue(refusal.getMessage().contains("/dev/zero: it has more than"), refusal.getMessage());
  }

  @Test
  void readsNamesWithColonsHereAndAsUris() throws IOException {
    Path file = Files.writeString(folder.resolve("12:30 #1 100%.yaml"), "run: x\n");
    assertEquals("run: x\n", ConfigurationFile.read(file.toString()));
    assertEquals("run: x\n", ConfigurationFile.read("file:" + file));
  }
}
