package io.unroll.driver.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A run directory on this machine, as tests look at it from outside. */
public record RunFolder(Path path) {
  public static final String PARAMETERS = "model.safetensors";
  public static final String DESCRIPTION = "checkpoint.json";

  /** Rounds that it tells of; 0 before it begins. */
  public int rounds() {
    try {
      // Another process writes: the end may be half of a line, or half of a character.
      String events =
          new String(
              Files.readAllBytes(path.resolve("metrics.jsonl")), StandardCharsets.ISO_8859_1);
      return (int) events.lines().filter(line -> line.contains("\"type\":\"round\"")).count();
    } catch (NoSuchFileException notBegun) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folders of its checkpoints, the oldest first, whole or not. */
  public List<Path> checkpoints() {
    Path folder = path.resolve("checkpoints");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> checkpoints = Files.list(folder)) {
      return checkpoints.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path newestCheckpoint() {
    return checkpoints().stream()
        .reduce((older, newer) -> newer)
        .orElseThrow(() -> new IllegalStateException("No checkpoint in " + path));
  }

  /** The parameters of the newest checkpoint, as they are on the disk. */
  public byte[] parameters() throws IOException {
    return Files.readAllBytes(newestCheckpoint().resolve(PARAMETERS));
  }
}
