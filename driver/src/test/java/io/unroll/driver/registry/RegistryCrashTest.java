package io.unroll.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.run.FaultyFileSystem;
import io.unroll.driver.run.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a promotion at each change of the disk in turn, and lets the disk run full at each byte or
 * so: the champion is a whole model at any time, the old one or the new one.
 */
class RegistryCrashTest {
  @TempDir private Path base;
  private Candidate first;
  private Candidate old;
  private Candidate tonight;
  private Path prepared;

  @BeforeEach
  void prepare() {
    Models models = new Models(base);
    first = models.of(2.5);
    old = models.of(2.25);
    tonight = models.of(2);
    prepared = base.resolve("prepared");
    promote(first, prepared);
    promote(old, prepared);
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  private static void promote(Candidate candidate, Path place) {
    try (RegistryWriter writer = open(place)) {
      writer.promote(candidate, Optional.empty());
    }
  }

  private static RegistryWriter open(Path place) {
    return RegistryWriter.open(
        FaultyFileSystem.uri(place), FaultyFileSystem.configuration(), line -> {});
  }

  /** As prepared, with two versions. */
  private Path copy(String name) throws IOException {
    Path copy = base.resolve(name);
    try (Stream<Path> all = Files.walk(prepared)) {
      for (Path file : all.toList()) {
        Files.copy(file, copy.resolve(prepared.relativize(file).toString()));
      }
    }
    return copy;
  }

  /** The lock is taken on a disk: its own kills are not what is tried here. */
  private void promote(Path place, boolean objectStore, int killed) {
    try (RegistryWriter writer = open(place)) {
      FaultyFileSystem.heal();
      if (objectStore) {
        FaultyFileSystem.behaveAsObjectStore();
      }
      FaultyFileSystem.killAt(killed);
      writer.promote(tonight, Optional.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anyKillLeavesAWholeChampionAndTheSameCommandFinishes(boolean objectStore) throws Exception {
    promote(copy("whole"), objectStore, Integer.MAX_VALUE);
    int operations = FaultyFileSystem.operations();
    assertTrue(operations > 15, String.format(Locale.ROOT, "only %d operations", operations));
    for (int at = 0; at < operations; at++) {
      Path place = copy("killed-" + at);
      assertKilled(place, objectStore, at);
      FaultyFileSystem.heal();
      assertTrue(
          Models.isChampion(old, place) || Models.isChampion(tonight, place), "killed at " + at);
      Files.deleteIfExists(place.resolve("run.lock")); // of this process, which goes on
      assertFinishes(place);
    }
  }

  private void assertKilled(Path place, boolean objectStore, int at) {
    assertThrows(
        FaultyFileSystem.Killed.class,
        () -> promote(place, objectStore, at),
        () -> "at operation " + at);
  }

  private void assertFinishes(Path place) throws IOException {
    promote(tonight, place);
    assertTrue(Models.isChampion(tonight, place));
    try (Stream<Path> inside = Files.list(place)) {
      assertEquals(
          List.of("champion", "previous", "versions"),
          inside.map(file -> file.getFileName().toString()).sorted().toList());
    }
    try (RegistryWriter writer = open(place)) {
      for (int number : writer.registry().numbers()) {
        writer.registry().wholeVersion(number);
      }
      assertEquals(2, writer.rollback().number());
    }
  }

  @Test
  void aFullDiskLeavesTheOldChampionAndNothingElse() throws Exception {
    Path place = copy("full");
    long needed = 0;
    for (boolean full = true; full; needed += 101) {
      FaultyFileSystem.heal();
      try (RegistryWriter writer = open(place)) {
        FaultyFileSystem.leaveSpace(needed);
        full = refuses(writer);
      }
      if (full) {
        FaultyFileSystem.heal();
        assertTrue(Models.isChampion(old, place), "the old champion remains");
      }
    }
    assertTrue(needed > 1000, String.format(Locale.ROOT, "only %d bytes were needed", needed));
    FaultyFileSystem.heal();
    assertFinishes(place);
  }

  /** Whether the disk was too full to promote. */
  private boolean refuses(RegistryWriter writer) {
    try {
      writer.promote(tonight, Optional.empty());
      return false;
    } catch (StorageException problem) {
      assertTrue(problem.getMessage().contains("no space left"), problem.getMessage());
      return true;
    }
  }
}
