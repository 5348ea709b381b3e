package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileChoiceTest {
  private static final int BITS = 512;
  private static final TileShape LIKELY = TileShape.EIGHT_BY_THREE;
  private static final TileShape OTHER = TileShape.EIGHT_BY_TWO;
  private static final List<TileShape> CANDIDATES = List.of(LIKELY, OTHER);

  @TempDir private Path folder;
  private TileCache cache;
  private int measurements;

  @BeforeEach
  void emptyCache() {
    cache = new TileCache(folder.resolve("cache/unroll"), BITS);
  }

  private TileChoice choice(Optional<TileShape> fastest) {
    return new TileChoice(
        CANDIDATES,
        cache,
        candidates -> {
          measurements++;
          return fastest;
        });
  }

  @Test
  void measuresOncePerMachine() throws IOException {
    TileChoice first = choice(Optional.of(OTHER));
    assertEquals(List.of(OTHER, OTHER), List.of(first.fastest(), first.fastest()));
    assertEquals(OTHER, choice(Optional.of(LIKELY)).fastest());
    assertEquals(1, measurements);
    try (Stream<Path> files = Files.list(cache.file().getParent())) {
      assertEquals(List.of(cache.file()), files.toList());
    }
  }

  @Test
  void littleWorkIsNotWorthAMeasurement() {
    assertEquals(LIKELY, choice(Optional.of(OTHER)).likely());
    assertEquals(0, measurements);
    assertFalse(Files.exists(cache.file()));
    cache.write(OTHER);
    assertEquals(OTHER, choice(Optional.of(LIKELY)).likely());
    TileChoice measured = choice(Optional.of(OTHER));
    measured.fastest();
    assertEquals(OTHER, measured.likely());
  }

  @Test
  void aMeasurementThatFailsIsNotKept() {
    assertEquals(LIKELY, choice(Optional.empty()).fastest());
    assertFalse(Files.exists(cache.file()));
    assertEquals(OTHER, choice(Optional.of(OTHER)).fastest());
    assertEquals(2, measurements);
  }

  @Test
  void oneCandidateNeedsNoMeasurement() {
    TileShape only = TileShape.FOUR_BY_TWO;
    TileChoice choice =
        new TileChoice(
            List.of(only),
            cache,
            candidates -> {
              throw new AssertionError();
            });
    assertEquals(List.of(only, only), List.of(choice.likely(), choice.fastest()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tile=8x2", "tile=\\u00zz", "\0\0\0", "tile=1000x3", "long"})
  void aFileThatIsNotOfThisMachineIsMeasuredAnew(String content) throws IOException {
    Files.createDirectories(cache.file().getParent());
    Files.writeString(cache.file(), content.equals("long") ? "#".repeat(1 << 20) : content);
    assertEquals(OTHER, choice(Optional.of(OTHER)).fastest());
    assertEquals(1, measurements);
    assertEquals(Optional.of(OTHER), cache.read(CANDIDATES));
  }

  @Test
  void aChoiceIsOfOneProcessorAndJvm() throws IOException {
    cache.write(OTHER);
    List<String> lines = new ArrayList<>(Files.readAllLines(cache.file()));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("processor=")), lines.toString());
    lines.replaceAll(line -> line.startsWith("jvm=") ? "jvm=another" : line);
    Files.write(cache.file(), lines);
    assertEquals(Optional.empty(), cache.read(CANDIDATES));
    assertEquals(Optional.empty(), new TileCache(cache.file().getParent(), 256).read(CANDIDATES));
    cache.write(OTHER);
    assertEquals(Optional.empty(), cache.read(List.of(LIKELY)));
  }

  @Test
  void aFolderThatCannotBeMadeIsNoObstacle() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    cache = new TileCache(file.resolve("unroll"), BITS);
    assertEquals(OTHER, choice(Optional.of(OTHER)).fastest());
  }
}
