package io.unroll.driver.run;

import static io.unroll.driver.run.Runs.ARCHITECTURE;
import static io.unroll.driver.run.Runs.IDENTITY;
import static io.unroll.driver.run.Runs.assertIsOfRound;
import static io.unroll.driver.run.Runs.checkpoint;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process at each change of the disk in turn: what is found afterwards must be whole. */
class CrashTest {
  @TempDir Path base;

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void anyKillLeavesTheLastCheckpointThatWasWritten() throws Exception {
    int operations = countedOperations();
    assertTrue(operations > 40, String.format(Locale.ROOT, "only %d operations", operations));
    for (int at = 0; at < operations; at++) {
      Path directory = Files.createDirectory(base.resolve("killed-" + at));
      int[] written = new int[1];
      FaultyFileSystem.heal();
      FaultyFileSystem.killAt(at);
      assertThrows(FaultyFileSystem.Killed.class, () -> writeThree(directory, written));
      FaultyFileSystem.heal();
      assertResumes(directory, written[0], at);
    }
  }

  private int countedOperations() throws Exception {
    Path whole = Files.createDirectory(base.resolve("whole"));
    FaultyFileSystem.heal();
    writeThree(whole, new int[1]);
    return FaultyFileSystem.operations();
  }

  /** Writes rounds 1 to 3, keeping one, and tells the last that was reported as written. */
  private static void writeThree(Path directory, int[] written) {
    Storage storage = faulty(directory);
    CheckpointStore store = CheckpointStore.open(storage, 1);
    for (int round = 1; round <= 3; round++) {
      store.write(checkpoint(round), ARCHITECTURE, IDENTITY);
      written[0] = round;
    }
  }

  private static void assertResumes(Path directory, int written, int at) {
    try (Storage storage = faulty(directory)) {
      // A description that was written by half is damage, which a first checkpoint cannot fall
      // back from; one operating system call writes it, so that only a lost disk cache does that.
      if (written == 0 && halfOfTheFirstDescription(storage)) {
        assertThrows(StorageException.class, () -> CheckpointStore.open(storage, 1));
        return;
      }
      CheckpointStore store = CheckpointStore.open(storage, 1);
      int found = store.progress().map(Progress::rounds).orElse(0);
      assertTrue(
          found == written || found == written + 1,
          String.format(Locale.ROOT, "killed at %d: found %d after %d", at, found, written));
      if (found > 0) {
        assertIsOfRound(found, store.read(ARCHITECTURE, IDENTITY));
      }
      store.write(checkpoint(9), ARCHITECTURE, IDENTITY);
      assertEquals(1, storage.list(CheckpointStore.DIRECTORY).size());
      assertIsOfRound(9, CheckpointStore.open(storage, 1).read(ARCHITECTURE, IDENTITY));
    }
  }

  private static boolean halfOfTheFirstDescription(Storage storage) {
    String json = "checkpoints/round-000001/" + StoredCheckpoint.FILE;
    if (!storage.exists(json)) {
      return false;
    }
    String content = new String(storage.read(json, 10_000), UTF_8);
    return !content.isEmpty() && !content.endsWith("}\n");
  }

  @Test
  void anyKillWhileMetricsAreCutKeepsTheEarlierLines() throws Exception {
    String earlier = "{\"round\":1}\n{\"round\":2,\"x\":\"some more\"}\n";
    for (int at = 0; at < 7; at++) {
      Path directory = Files.createDirectory(base.resolve("metrics-" + at));
      Path file = directory.resolve("metrics.jsonl");
      Files.writeString(file, earlier + "{\"round\":3}\n{\"rou");
      FaultyFileSystem.heal();
      FaultyFileSystem.killAt(at);
      boolean killed = false;
      try {
        MetricsLog.open(faulty(directory), 2);
      } catch (FaultyFileSystem.Killed expected) {
        killed = true;
      }
      assertEquals(at < 6, killed, "killed at " + at);
      FaultyFileSystem.heal();
      MetricsLog.open(faulty(directory), 2).append("{\"round\":3,\"again\":true}");
      assertEquals(earlier + "{\"round\":3,\"again\":true}\n", Files.readString(file));
      assertEquals(1, directory.toFile().list().length);
    }
  }

  @Test
  void aModelKilledWhileItIsWrittenIsNeverTakenForWhole() throws Exception {
    for (int at = 0; at < 10; at++) {
      Path directory = Files.createDirectory(base.resolve("model-" + at));
      FaultyFileSystem.heal();
      writeModel(directory, "old");
      FaultyFileSystem.killAt(at);
      assertThrows(FaultyFileSystem.Killed.class, () -> writeModel(directory, "new"));
      FaultyFileSystem.heal();
      Storage storage = faulty(directory);
      if (at == 0) { // nothing was changed yet
        ModelDirectory.verify(storage, "best");
        continue;
      }
      var problem =
          assertThrows(StorageException.class, () -> ModelDirectory.verify(storage, "best"));
      assertTrue(problem.getMessage().startsWith("Cannot use the model "), problem.getMessage());
    }
  }

  private static void writeModel(Path directory, String text) {
    ModelDirectory.write(
        faulty(directory),
        "best",
        out -> out.write((text + " parameters").getBytes(UTF_8)),
        out -> out.write((text + " vocabulary").getBytes(UTF_8)),
        out -> out.write((text + " description").getBytes(UTF_8)));
  }

  private static Storage faulty(Path directory) {
    return Storage.open(FaultyFileSystem.uri(directory), FaultyFileSystem.configuration());
  }
}
