package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.registry.HoldingProcess;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions that measure on Spark, one after the other and at once. */
class PromoteIT {
  private static final Configuration HADOOP = new Configuration(false);

  /** A model and what `evaluate` says of it. */
  private record Measured(Path directory, double loss) {}

  @TempDir private static Path folder;

  /** The best one first. */
  private static List<Measured> models;

  @BeforeAll
  static void prepareAndMeasure() throws IOException {
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), "abba and a dab\n".repeat(200));
    Execution prep =
        Execution.of(
            "prep",
            "--master=local[2]",
            "--kind=text",
            "--tokenizer=char",
            "--input=" + corpus,
            "--output=" + data(),
            "--fractions=0.8,0.1,0.1");
    assertEquals(0, prep.code(), prep.err());
    List<Measured> measured = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Path model = model(seed);
      measured.add(new Measured(model, loss(model)));
    }
    measured.sort(Comparator.comparing(Measured::loss));
    models = List.copyOf(measured);
  }

  private static String data() {
    return folder.resolve("data").toString();
  }

  /** An untrained model of the dataset's characters. */
  private static Path model(int seed) throws IOException {
    Vocabulary vocabulary =
        Vocabulary.fromJson(Files.readString(folder.resolve("data/" + Vocabulary.FILE)));
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.GRU, vocabulary.size(), 3, 4, 1, 0, false);
    String name = "model-" + seed;
    try (Storage storage = Storage.open(folder.toString(), HADOOP)) {
      ModelDirectory.write(
          storage,
          name,
          out ->
              ModelFiles.writeParameters(
                  out, architecture, LanguageModel.layout(architecture).initialParameters(seed)),
          out -> out.write(vocabulary.toJson().getBytes(StandardCharsets.UTF_8)),
          out ->
              ModelFiles.writeDescription(
                  out, ModelDescription.ofTokens(architecture, vocabulary.fingerprint())));
    }
    return folder.resolve(name);
  }

  private static double loss(Path model) {
    Execution evaluate =
        Execution.of(
            "evaluate", "--master=local[2]", "--model=" + model, "--data=" + data(), "--json");
    return DocumentedResult.line(evaluate).get("loss").doubleValue();
  }

  private static String[] promote(Measured model, Path registry, String... more) {
    return Stream.concat(
            Stream.of(
                "promote",
                "--master=local[2]",
                "--model=" + model.directory(),
                "--registry=" + registry,
                "--if-better-on=" + data()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void theNumbersAreThoseOfEvaluateAndAWorseModelIsKeptOut() {
    Path registry = folder.resolve("one");
    Measured good = models.get(1);
    Execution first = Execution.of(promote(good, registry));
    assertEquals(0, first.code(), first.err());
    assertEquals(
        String.format(
            Locale.ROOT,
            "Loss in nats per token on the test split of %s: candidate %.4f, no champion%n"
                + "Promoted: the champion is now file:%s/versions/000001%n",
            data(),
            good.loss(),
            registry),
        first.out());
    Measured worse = models.get(2);
    Execution kept = Execution.of(promote(worse, registry, "--quiet"));
    assertEquals(10, kept.code(), kept.err());
    assertEquals(
        String.format(
            Locale.ROOT,
            "Loss in nats per token on the test split of %s: candidate %.4f, champion %.4f, versions/000001%n"
                + "Kept: the champion is still file:%s/versions/000001 (a candidate has to be better by any amount)%n",
            data(),
            worse.loss(),
            good.loss(),
            registry),
        kept.out());
    Measured best = models.get(0);
    Execution byMuch = Execution.of(promote(best, registry, "--by=9", "--json"));
    assertEquals(10, byMuch.code(), byMuch.err());
    JsonNode json = DocumentedResult.of("promote", byMuch);
    assertEquals("kept", json.get("outcome").textValue());
    assertEquals(best.loss(), json.get("loss").doubleValue());
    assertEquals(good.loss(), json.get("champion-loss").doubleValue());
    assertEquals(0, Execution.of(promote(best, registry)).code());
    assertIsChampion(best, registry);
  }

  @Test
  void aChampionOfAnotherVocabularyIsBadData() throws IOException {
    Path registry = folder.resolve("other");
    String other = SmallModel.write(Files.createDirectory(folder.resolve("x")), List.of("y", "z"));
    assertEquals(
        0, Execution.of("promote", "--model", other, "--registry", registry.toString()).code());
    Execution refused = Execution.of(promote(models.get(0), registry));
    assertEquals(3, refused.code());
    assertTrue(
        refused.err().contains("the dataset lacks 2 tokens of the model ('y', 'z')"),
        refused.err());
  }

  @Test
  void aSecondPromotionWaitsAndComparesWithTheNewChampion() throws Exception {
    Path registry = folder.resolve("waiting");
    try (HoldingProcess other = HoldingProcess.start(registry, models.get(0).directory())) {
      CommandProcess second = start(models.get(1), registry, "waiting.log");
      second.until(() -> second.output().contains("Waiting for file:"));
      assertTrue(
          second.output().contains(": it is in use by process " + other.pid()), second::output);
      other.promote();
      String output = second.await(10);
      assertTrue(output.contains("Kept: the champion is still"), output);
      assertIsChampion(models.get(0), registry);
    }
  }

  @Test
  void aPromotionThatWasKilledIsDoneByTheNext() throws Exception {
    Path registry = folder.resolve("killed");
    HoldingProcess killed = HoldingProcess.start(registry, models.get(2).directory());
    killed.close();
    assertTrue(Files.exists(registry.resolve("run.lock")), "the killed process leaves its lock");
    Execution next = Execution.of(promote(models.get(1), registry));
    assertEquals(0, next.code(), next.err());
    assertIsChampion(models.get(1), registry);
  }

  @Test
  void ofTwoAtOnceTheBetterModelIsChampionInTheEndAndNothingIsLost() throws Exception {
    Path registry = folder.resolve("at-once");
    CommandProcess better = start(models.get(0), registry, "better.log");
    CommandProcess worse = start(models.get(1), registry, "worse.log");
    better.await(0);
    int ofWorse = worse.await();
    assertTrue(ofWorse == 0 || ofWorse == 10, worse::output);
    assertIsChampion(models.get(0), registry);
    try (Stream<Path> versions = Files.list(registry.resolve("versions"))) {
      assertEquals(ofWorse == 0 ? 2 : 1, versions.count(), worse::output);
    }
    Execution list =
        Execution.of("registry", "list", "--registry=" + registry, "--verify", "--json");
    DocumentedResult.line(list)
        .get("versions")
        .forEach(version -> assertEquals("whole", version.get("state").textValue()));
  }

  private static CommandProcess start(Measured model, Path registry, String log)
      throws IOException {
    List<String> words = CommandProcess.java("-Xmx700m");
    words.add(Unroll.class.getName());
    words.addAll(List.of(promote(model, registry)));
    return CommandProcess.start(folder.resolve(log), Map.of(), words);
  }

  private static void assertIsChampion(Measured model, Path registry) {
    float[] expected = TrainedModel.read(model.directory().toString(), HADOOP).parameters();
    float[] found = TrainedModel.read(registry.toString(), HADOOP).parameters();
    assertTrue(java.util.Arrays.equals(expected, found), "another model is champion");
  }
}
