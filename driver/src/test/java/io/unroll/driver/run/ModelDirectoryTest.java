package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {
  @TempDir Path directory;
  private Storage storage;

  @BeforeEach
  void write() {
    storage = Storage.open(directory.toUri().toString(), new Configuration(false));
    ModelDirectory.write(
        storage,
        "best",
        out -> out.write(new byte[] {1, 2, 3}),
        out -> out.write("vocabulary".getBytes(UTF_8)),
        out -> out.write("description".getBytes(UTF_8)));
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void acceptsWhatWasWritten() throws IOException {
    ModelDirectory.verify(storage, "best");
    try (Storage itself =
        Storage.open(directory.resolve("best").toUri().toString(), new Configuration(false))) {
      ModelDirectory.verify(itself, "");
    }
    assertEquals("description", Files.readString(directory.resolve("best/model.json")));
  }

  @Test
  void acceptsAModelWithoutChecksums() {
    storage.delete("best/checksums.json");
    ModelDirectory.verify(storage, "best");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "vocabulary.json", "model.json"})
  void namesAMissingFile(String name) {
    storage.delete("best/" + name);
    assertProblem("it has no " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "vocabulary.json", "model.json"})
  void namesADamagedFile(String name) throws IOException {
    Path file = directory.resolve("best").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 4;
    Files.write(file, bytes);
    assertProblem("best/%s is damaged: its SHA-256 is not the one written down".formatted(name));
  }

  @Test
  void refusesChecksumsOfAnotherVersion() {
    storage.write("best/checksums.json", "{\"version\":2,\"files\":{}}".getBytes(UTF_8));
    assertProblem("best/checksums.json has version 2 (expected 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"version\":1}",
        "{\"version\":1,\"files\":[]}",
        "{\"version\":1,\"files\":{},\"files\":{}}",
        "{\"version\":1,\"files\":{}} x",
        "{\"version\":\"1\",\"files\":{}}",
        "{\"version\":1,\"files\":{\"model.safetensors\":{\"size\":-1,\"sha256\":\"x\"}}}"
      })
  void refusesMalformedChecksums(String json) {
    storage.write("best/checksums.json", json.getBytes(UTF_8));
    assertProblem("best/checksums.json");
  }

  private void assertProblem(String why) {
    var problem =
        assertThrows(StorageException.class, () -> ModelDirectory.verify(storage, "best"));
    assertTrue(problem.getMessage().startsWith("Cannot use the model file:" + directory));
    assertTrue(problem.getMessage().contains(why), problem.getMessage());
  }
}
