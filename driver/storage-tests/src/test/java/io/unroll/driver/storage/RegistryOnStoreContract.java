package io.unroll.driver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a registry does on any store, through the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryOnStoreContract {
  private static final int DONE = 0;
  private static final int KEPT = 10;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int MODELS = 3;
  private static final Pattern LOSS = Pattern.compile("loss (\\d+\\.\\d{4}) nats");

  private Path folder;
  private StoreServer server;

  /** Directories of models on the local disk, the best one first. */
  private List<String> models;

  /** A server that is not started yet. */
  abstract StoreServer server(Path folder) throws IOException;

  @BeforeAll
  void prepare(@TempDir Path directory) throws Exception {
    folder = directory;
    server = server(Files.createDirectory(folder.resolve("server")));
    server.launch();
    Path corpus = folder.resolve("corpus.txt");
    Files.writeString(corpus, "ten green bottles hanging on the wall\n".repeat(100));
    start(
            List.of(
                "prep",
                "--kind=text",
                "--tokenizer=char",
                "--fractions=0.8,0.1,0.1",
                "--input=" + corpus,
                "--output=" + server.uri("dataset")))
        .await(DONE);
    List<String> written = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int seed = 1; seed <= MODELS; seed++) {
      String model = model(seed);
      double loss = loss(model);
      int rank = (int) losses.stream().filter(other -> other < loss).count();
      written.add(rank, model);
      losses.add(rank, loss);
    }
    models = List.copyOf(written);
  }

  @AfterAll
  void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  /** Writes an untrained model and returns its directory. */
  private String model(int seed) {
    Vocabulary vocabulary =
        DatasetDirectory.open(server.uri("dataset"), server.hadoop()).vocabulary();
    LanguageArchitecture architecture = new LanguageArchitecture(Cell.GRU, vocabulary.size(), 3, 4, 1, 0, false);
    try (Storage storage = Storage.open(folder.toUri().toString(), server.hadoop())) {
      ModelDirectory.write(
          storage,
          "model-" + seed,
          out ->
              ModelFiles.writeParameters(
                  out, architecture, LanguageModel.layout(architecture).initialParameters(seed)),
          out -> out.write(vocabulary.toJson().getBytes(UTF_8)),
          out ->
              ModelFiles.writeDescription(
                  out, ModelDescription.ofTokens(architecture, vocabulary.fingerprint())));
      return storage.uri("model-" + seed);
    }
  }

  private double loss(String model) throws Exception {
    String output =
        start(
                List.of(
                    "evaluate",
                    "--master=local[2]",
                    "--model=" + model,
                    "--data=" + server.uri("dataset")))
            .await(DONE);
    return LOSS.matcher(output)
        .results()
        .map(found -> Double.valueOf(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(output));
  }

  @Test
  void aRegistryLives() throws Exception {
    String middle = models.get(1);
    promoteIfBetter(middle, "life").await(DONE);
    String kept = promoteIfBetter(models.get(2), "life").await(KEPT);
    assertTrue(kept.contains("Kept: the champion is still " + version("life", 1)), kept);
    promoteIfBetter(models.get(0), "life").await(DONE);
    assertIsChampion(models.get(0), "life");
    assertTrue(promote(models.get(0), "life").await(DONE).contains("is the champion already"));
    registry("rollback", "life").await(DONE);
    assertIsChampion(middle, "life");
    promote(models.get(2), "life").await(DONE);
    String pruned = registry("prune", "life", "--keep=1").await(DONE);
    assertTrue(pruned.contains("Removed " + version("life", 2)), pruned);
    assertWhole("life", 1, 3);
  }

  @Test
  void ofTwoThatMeasureAtOnceTheBetterModelIsChampionInTheEnd() throws Exception {
    try (Program better = promoteIfBetter(models.get(0), "two");
        Program worse = promoteIfBetter(models.get(1), "two")) {
      better.await(DONE);
      String output = worse.awaitOneOf(DONE, KEPT);
      assertIsChampion(models.get(0), "two");
      if (output.contains("Kept:")) {
        assertWhole("two", 1);
      } else {
        assertWhole("two", 1, 2);
      }
    }
  }

  /** Short ones, which meet at the lock in the same moment. */
  @Test
  void ofThreeAtOnceNoneIsLost() throws Exception {
    List<Program> all = new ArrayList<>();
    for (String model : models) {
      all.add(promote(model, "three"));
    }
    for (Program each : all) {
      each.await(DONE);
    }
    assertWhole("three", 1, 2, 3);
    String list = registry("list", "three").await(DONE);
    assertTrue(list.matches("(?s).*000002 .* previous\n000003 .* champion\n.*"), list);
  }

  @Test
  void afterAKillInTheMiddleTheSameCommandGoesOn() throws Exception {
    promote(models.get(1), "killed").await(DONE);
    try (Program killed = promoteIfBetter(models.get(0), "killed");
        StoredRun registry = new StoredRun(server.uri("killed"), server.hadoop())) {
      Processes.await("the lock", LIMIT, () -> !killed.running() || isLocked(registry));
    }
    assertIsChampion(models.get(1), "killed");
    String output = promoteIfBetter(models.get(0), "killed").await(DONE);
    assertTrue(output.contains("Taking over the lock"), output);
    assertIsChampion(models.get(0), "killed");
    assertWhole("killed", 1, 2);
  }

  /** Whether the file of the lock is there, and written to its end. */
  private static boolean isLocked(StoredRun registry) throws IOException {
    try {
      return new String(registry.bytes("run.lock"), UTF_8).strip().endsWith("}");
    } catch (FileNotFoundException notYet) {
      return false;
    }
  }

  @Test
  void aReaderNeverFindsAHalf() throws Exception {
    byte[] one = "1".repeat(3000).getBytes(UTF_8);
    byte[] two = "2".repeat(7000).getBytes(UTF_8);
    try (Storage storage = Storage.open(server.uri("replaced"), server.hadoop());
        Storage reader = Storage.open(server.uri("replaced"), server.hadoop())) {
      storage.replace("alias", one);
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < 60; i++) {
                  storage.replace("alias", i % 2 == 0 ? two : one);
                }
              });
      writer.start();
      while (writer.isAlive()) {
        byte[] seen = reader.readReplaced("alias", 10_000);
        assertTrue(Arrays.equals(seen, one) || Arrays.equals(seen, two), "a half was seen");
      }
      assertEquals(1, reader.list("").size());
      assertArrayEquals(one, reader.readReplaced("alias", 10_000));
    }
  }

  private String version(String registry, int number) {
    return server.uri(registry) + "/versions/00000" + number;
  }

  /** That these versions are there and whole, and nothing else is. */
  private void assertWhole(String registry, int... numbers) throws Exception {
    try (StoredRun stored = new StoredRun(server.uri(registry), server.hadoop())) {
      List<String> names = new ArrayList<>(stored.list(""));
      names.remove("previous");
      assertEquals(List.of("champion", "versions"), names);
      assertEquals(
          Arrays.stream(numbers).mapToObj(number -> "00000" + number).toList(),
          stored.list("versions"));
    }
    String list = registry("list", registry, "--verify").await(DONE);
    assertTrue(!list.contains("damaged") && !list.contains("unfinished"), list);
  }

  private void assertIsChampion(String model, String registry) throws Exception {
    Path exported = Files.createTempDirectory(folder, "champion-").resolve("model");
    start(
            List.of(
                "export",
                "--model=" + server.uri(registry),
                "--format=unroll",
                "--output=" + exported))
        .await(DONE);
    assertArrayEquals(
        Files.readAllBytes(Path.of(model.replaceFirst("^file:/*", "/"), "model.safetensors")),
        Files.readAllBytes(exported.resolve("model.safetensors")));
  }

  private Program promote(String model, String registry) throws IOException {
    return start(List.of("promote", "--model=" + model, "--registry=" + server.uri(registry)));
  }

  private Program promoteIfBetter(String model, String registry) throws IOException {
    return start(
        List.of(
            "promote",
            "--master=local[2]",
            "--model=" + model,
            "--registry=" + server.uri(registry),
            "--if-better-on=" + server.uri("dataset")));
  }

  private Program registry(String command, String registry, String... more) throws IOException {
    return start(
        Stream.concat(
                Stream.of("registry", command, "--registry=" + server.uri(registry)),
                Stream.of(more))
            .toList());
  }

  private Program start(List<String> arguments) throws IOException {
    Map<String, String> settings = server.settings();
    return Program.start(folder, settings, arguments);
  }
}
