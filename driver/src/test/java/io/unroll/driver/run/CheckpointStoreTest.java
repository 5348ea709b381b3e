package io.unroll.driver.run;

import static io.unroll.driver.run.Runs.ARCHITECTURE;
import static io.unroll.driver.run.Runs.IDENTITY;
import static io.unroll.driver.run.Runs.assertIsOfRound;
import static io.unroll.driver.run.Runs.checkpoint;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStoreTest {
  @TempDir Path directory;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = Storage.open(directory.toUri().toString(), new Configuration(false));
  }

  @AfterEach
  void close() {
    FaultyFileSystem.heal();
    storage.close();
  }

  @Test
  void findsNothingInANewRun() {
    CheckpointStore store = store();
    assertEquals(Optional.empty(), store.progress());
    assertEquals(Optional.empty(), store.identity());
    assertEquals(Optional.empty(), newest(store));
  }

  @Test
  void readsWhatWasWrittenBitForBit() {
    write(3);
    CheckpointStore store = store();
    assertEquals(Optional.of(Runs.progress(3)), store.progress());
    assertEquals(Optional.of(IDENTITY), store.identity());
    assertIsOfRound(3, newest(store));
  }

  @Test
  void readsTheFilesOfVersion2() throws Exception {
    try (Storage past = past("/run-version-2")) {
      CheckpointStore store = CheckpointStore.open(past, 2);
      assertEquals(Optional.of(IDENTITY), store.identity());
      assertIsOfRound(3, newest(store));
    }
  }

  @Test
  void refusesTheFilesOfVersion1ByName() throws Exception {
    try (Storage past = past("/run-version-1")) {
      String message =
          assertThrows(StorageException.class, () -> CheckpointStore.open(past, 2)).getMessage();
      assertTrue(
          message.endsWith(
              "checkpoints/round-000003: it is of format unroll-checkpoint, version 1 (expected"
                  + " unroll-checkpoint, version 2); use the Unroll that wrote it"),
          message);
    }
  }

  private static Storage past(String resource) throws URISyntaxException {
    String uri = CheckpointStoreTest.class.getResource(resource).toURI().toString();
    return Storage.open(uri, new Configuration(false));
  }

  @Test
  void keepsNoStateOfAnOptimizerThatHasNone() {
    Checkpoint plain =
        new Checkpoint(
            Progress.none(),
            new float[Runs.SIZE],
            new float[0],
            new float[0],
            List.of(new float[0]),
            List.of());
    store().write(plain, ARCHITECTURE, IDENTITY);
    Checkpoint read = newest(store()).orElseThrow();
    assertEquals(0, read.optimizerState().length);
    assertEquals(0, read.laneStates().get(0).length);
  }

  @Test
  void writesEqualBytesForEqualCheckpoints() throws IOException {
    write(1);
    byte[] first = Files.readAllBytes(file("round-000001", "checkpoint.json"));
    storage.delete(CheckpointStore.DIRECTORY);
    write(1);
    assertArrayEquals(first, Files.readAllBytes(file("round-000001", "checkpoint.json")));
  }

  @Test
  void keepsTheNewestTwo() {
    write(1, 2, 3, 4);
    assertEquals(List.of("round-000003", "round-000004"), names());
  }

  @Test
  void keepsAsManyAfterItWasOpenedAgain() {
    write(1, 2);
    write(3);
    assertEquals(List.of("round-000002", "round-000003"), names());
  }

  @Test
  void averagesTheParametersOfTheNewest() {
    write(1, 2, 4);
    float[] mean = CheckpointedModel.averageIn(storage, 2).parameters(ARCHITECTURE);
    float[] first = checkpoint(2).parameters();
    float[] second = checkpoint(4).parameters();
    for (int x = 0; x < mean.length; x++) {
      assertEquals((float) (((double) second[x] + first[x]) / 2), mean[x], 0f);
    }
    assertArrayEquals(second, CheckpointedModel.averageIn(storage, 1).parameters(ARCHITECTURE));
    String message =
        assertThrows(StorageException.class, () -> CheckpointedModel.averageIn(storage, 3))
            .getMessage();
    assertTrue(message.startsWith("Cannot average 3 checkpoints of "), message);
    assertTrue(message.endsWith("it has 2 (keep more with checkpoint.keep)"), message);
  }

  @Test
  void ordersRoundsByNumberBeyondSixDigits() {
    write(999_999, 1_000_000);
    assertIsOfRound(1_000_000, newest(store()));
  }

  @Test
  void doesNotOverwriteACheckpointOfTheSameRound() {
    write(7, 7, 7);
    assertEquals(List.of("round-000007-2", "round-000007-3"), names());
    assertIsOfRound(7, newest(store()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "optimizer.safetensors",
        "lanes.safetensors",
        "checkpoint.json"
      })
  void fallsBackWhenAFileIsTruncated(String name) throws IOException {
    write(1, 2);
    byte[] bytes = Files.readAllBytes(file("round-000002", name));
    Files.write(file("round-000002", name), Arrays.copyOf(bytes, bytes.length - 1));
    assertIsOfRound(1, newest(store()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "optimizer.safetensors",
        "lanes.safetensors",
        "checkpoint.json"
      })
  void fallsBackWhereverABitIsFlipped(String name) throws IOException {
    write(1, 2);
    byte[] bytes = Files.readAllBytes(file("round-000002", name));
    for (int at = 0; at < bytes.length; at += 37) {
      byte[] flipped = bytes.clone();
      flipped[at] = (byte) (flipped[at] ^ (1 << (at % 8)));
      Files.write(file("round-000002", name), flipped);
      assertEquals(Optional.of(Runs.progress(1)), store().progress(), "byte " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "optimizer.safetensors", "lanes.safetensors"})
  void fallsBackWhenAFileIsMissing(String name) throws IOException {
    write(1, 2);
    Files.delete(file("round-000002", name));
    assertIsOfRound(1, newest(store()));
  }

  @Test
  void removesWhatHasNoDescription() throws IOException {
    write(1, 2);
    Files.delete(file("round-000002", "checkpoint.json"));
    assertIsOfRound(1, newest(store()));
    assertEquals(List.of("round-000001"), names());
  }

  @Test
  void refusesTheDescriptionOfAnotherRound() throws IOException {
    write(1, 2);
    Files.move(file("round-000002", "."), file("round-000003", "."));
    assertIsOfRound(1, newest(store()));
  }

  @Test
  void refusesToBeginAnewWhenAllAreDamaged() throws IOException {
    write(1, 2);
    Files.delete(file("round-000001", "lanes.safetensors"));
    Files.write(file("round-000002", "model.safetensors"), new byte[3]);
    var problem = assertThrows(StorageException.class, this::store);
    String uri = "file:" + directory;
    assertTrue(
        problem
            .getMessage()
            .startsWith(
                "Cannot resume the run in %s: no checkpoint is whole (".formatted(uri)
                    + "checkpoints/round-000002/model.safetensors has 3 bytes instead of "),
        problem.getMessage());
    assertTrue(
        problem.getMessage().contains("checkpoints/round-000001/lanes.safetensors is missing"),
        problem.getMessage());
    assertTrue(
        problem
            .getMessage()
            .endsWith("or delete %s/checkpoints to begin anew in this one".formatted(uri)),
        problem.getMessage());
    assertEquals(List.of("round-000001", "round-000002"), names());
  }

  @Test
  void removesTheDamagedOnesOnceANewerOneIsWhole() throws IOException {
    write(1, 2);
    Files.write(file("round-000002", "model.safetensors"), new byte[3]);
    CheckpointStore store = store();
    store.write(checkpoint(2), ARCHITECTURE, IDENTITY);
    assertEquals(List.of("round-000001", "round-000002-2"), names());
    assertIsOfRound(2, newest(store()));
  }

  @Test
  void keepsTheOldOneWhenTheNewOneIsReadBackDamaged() {
    try (Storage faulty = faulty()) {
      CheckpointStore store = CheckpointStore.open(faulty, 1);
      store.write(checkpoint(1), ARCHITECTURE, IDENTITY);
      FaultyFileSystem.corruptTensors();
      var problem =
          assertThrows(
              StorageException.class, () -> store.write(checkpoint(2), ARCHITECTURE, IDENTITY));
      assertEquals(
          "Cannot keep the checkpoint just written to %s/checkpoints/round-000002: checkpoints/round-000002/model.safetensors is damaged: its SHA-256 is not the one written down. The disk or the memory may be faulty"
              .formatted(FaultyFileSystem.uri(directory)),
          problem.getMessage());
    }
    FaultyFileSystem.heal();
    assertIsOfRound(1, newest(store()));
  }

  @Test
  void staysResumableWhenNoSpaceIsLeft() {
    try (Storage faulty = faulty()) {
      CheckpointStore store = CheckpointStore.open(faulty, 1);
      store.write(checkpoint(1), ARCHITECTURE, IDENTITY);
      for (int space : new int[] {0, 100, 1500, 3000}) {
        FaultyFileSystem.leaveSpace(space);
        var problem =
            assertThrows(
                StorageException.class, () -> store.write(checkpoint(2), ARCHITECTURE, IDENTITY));
        assertTrue(
            problem
                .getMessage()
                .endsWith(": no space left on device; free some, then run the same command again"),
            problem.getMessage());
        assertEquals(List.of("round-000001"), names());
      }
      FaultyFileSystem.heal();
      store.write(checkpoint(2), ARCHITECTURE, IDENTITY);
    }
    assertIsOfRound(2, newest(store()));
  }

  @Test
  void saysWhichTensorIsNotTheModels() {
    write(1);
    LanguageArchitecture larger = new LanguageArchitecture(Cell.GRU, 6, 2, 3, 2, 0, false);
    CheckpointStore store = store();
    var problem = assertThrows(StorageException.class, () -> store.read(larger, IDENTITY));
    assertEquals(
        "Cannot read file:%s/checkpoints/round-000001/model.safetensors: tensor embedding.weight has shape [5, 2], but the model's architecture asks for [6, 2]"
            .formatted(directory),
        problem.getMessage());
  }

  @Test
  void refusesAnUnknownVersionByName() throws IOException {
    write(1);
    Path json = file("round-000001", "checkpoint.json");
    String zeros = "0".repeat(64);
    String unsigned =
        Files.readString(json)
            .replaceFirst("\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"" + zeros + "\"")
            .replace("\"version\" : 2", "\"version\" : 3");
    String sha256 = FileHash.of(unsigned.getBytes(StandardCharsets.UTF_8)).sha256();
    Files.writeString(json, unsigned.replaceFirst(zeros, sha256));
    var problem = assertThrows(StorageException.class, this::store);
    assertEquals(
        "Cannot read the checkpoint file:%s/checkpoints/round-000001: it is of format unroll-checkpoint, version 3 (expected unroll-checkpoint, version 2); use the Unroll that wrote it"
            .formatted(directory),
        problem.getMessage());
  }

  @Test
  void leavesAloneWhatIsNoCheckpoint() throws IOException {
    Files.createDirectories(directory.resolve("checkpoints/mine"));
    Files.writeString(directory.resolve("checkpoints/round-000009"), "a file");
    write(1, 2, 3);
    assertEquals(List.of("mine", "round-000002", "round-000003", "round-000009"), names());
  }

  @Test
  void refusesToKeepNone() {
    var problem =
        assertThrows(IllegalArgumentException.class, () -> CheckpointStore.open(storage, 0));
    assertEquals("Invalid checkpoint.keep: 0 (expected at least 1)", problem.getMessage());
  }

  @Test
  void refusesArraysThatAreNotTheModels() {
    Checkpoint wrong =
        new Checkpoint(
            Progress.none(), new float[3], new float[0], new float[0], List.of(), List.of());
    assertThrows(
        IllegalArgumentException.class, () -> store().write(wrong, ARCHITECTURE, IDENTITY));
    assertFalse(Files.exists(file("round-000000", ".")));
  }

  private CheckpointStore store() {
    return CheckpointStore.open(storage, 2);
  }

  private Storage faulty() {
    return Storage.open(FaultyFileSystem.uri(directory), FaultyFileSystem.configuration());
  }

  private void write(int... rounds) {
    CheckpointStore store = store();
    for (int round : rounds) {
      store.write(checkpoint(round), ARCHITECTURE, IDENTITY);
    }
  }

  private static Optional<Checkpoint> newest(CheckpointStore store) {
    return store.read(ARCHITECTURE, IDENTITY);
  }

  private List<String> names() {
    return storage.list(CheckpointStore.DIRECTORY).stream().map(Storage.Entry::name).toList();
  }

  private Path file(String checkpoint, String name) {
    return directory
        .resolve(CheckpointStore.DIRECTORY)
        .resolve(checkpoint)
        .resolve(name)
        .normalize();
  }
}
