package io.unroll.driver.run;

import static io.unroll.driver.run.Runs.ARCHITECTURE;
import static io.unroll.driver.run.Runs.IDENTITY;
import static io.unroll.driver.run.Runs.checkpoint;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneFilesTest {
  private static final float[] STATE = {1, -2, 0.5f};

  @TempDir Path base;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = Storage.open(base.toUri().toString(), new Configuration(false));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private LaneFile write(int round, int lane) {
    return LaneFiles.write(storage, round, lane, "app-1-7", STATE);
  }

  private static Checkpoint withLaneFiles(int round, LaneFile... files) {
    Checkpoint plain = checkpoint(round);
    return new Checkpoint(
        plain.progress(),
        plain.parameters(),
        plain.optimizerState(),
        plain.outerState(),
        plain.laneStates(),
        List.of(files));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    LaneFile file = write(12, 3);
    assertEquals("lane-states/round-000012/lane-00003-app-1-7.safetensors", file.path());
    assertTrue(LaneFiles.PATH.matcher(file.path()).matches());
    float[] read = new float[3];
    LaneFiles.read(storage, file, read);
    assertArrayEquals(STATE, read);
  }

  @Test
  void aDamagedFileIsRefusedByName() throws IOException {
    LaneFile file = write(12, 3);
    Path path = base.resolve(file.path());
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] ^= 1;
    Files.write(path, bytes);
    String message =
        assertThrows(StorageException.class, () -> LaneFiles.read(storage, file, new float[3]))
            .getMessage();
    assertTrue(message.contains(file.path() + " is damaged"), message);
  }

  @Test
  void aStateOfAnotherModelIsRefused() {
    LaneFile file = write(12, 3);
    String message =
        assertThrows(StorageException.class, () -> LaneFiles.read(storage, file, new float[4]))
            .getMessage();
    assertTrue(message.endsWith("it holds 3 numbers (expected 4)"), message);
  }

  @Test
  void aCheckpointKeepsItsFilesUntilItGoes() {
    CheckpointStore store = CheckpointStore.open(storage, 2);
    for (int round = 1; round <= 3; round++) {
      store.write(withLaneFiles(round, write(round, 0), write(round, 1)), ARCHITECTURE, IDENTITY);
    }
    assertEquals(
        List.of("round-000002", "round-000003"),
        storage.list(LaneFiles.DIRECTORY).stream().map(Storage.Entry::name).toList());
    Checkpoint read = CheckpointStore.open(storage, 2).read(ARCHITECTURE, IDENTITY).orElseThrow();
    assertEquals(withLaneFiles(3, write(3, 0), write(3, 1)).laneFiles(), read.laneFiles());
  }

  @Test
  void aCheckpointIsDamagedIfAFileOfItsLanesIs() throws IOException {
    CheckpointStore store = CheckpointStore.open(storage, 2);
    LaneFile first = write(1, 0);
    store.write(withLaneFiles(1, first), ARCHITECTURE, IDENTITY);
    store.write(withLaneFiles(2, write(2, 0)), ARCHITECTURE, IDENTITY);
    Files.delete(base.resolve("lane-states/round-000002/lane-00000-app-1-7.safetensors"));
    CheckpointStore reopened = CheckpointStore.open(storage, 2);
    assertEquals(1, reopened.progress().orElseThrow().rounds());
    assertEquals(List.of(first), reopened.read(ARCHITECTURE, IDENTITY).orElseThrow().laneFiles());
  }

  @Test
  void aCheckpointThatPointsElsewhereIsRefused() throws IOException {
    CheckpointStore store = CheckpointStore.open(storage, 2);
    LaneFile file = write(1, 0);
    LaneFile elsewhere = new LaneFile("lane-states/../" + file.path(), file.hash());
    String message =
        assertThrows(
                StorageException.class,
                () -> store.write(withLaneFiles(1, elsewhere), ARCHITECTURE, IDENTITY))
            .getMessage();
    assertTrue(message.contains("which no run writes"), message);
  }
}
