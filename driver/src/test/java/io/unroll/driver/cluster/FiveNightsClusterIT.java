package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five nights of {@code deploy/cron/retrain} on text that grows: one is killed half way, one has
 * bad data, one has a worse model, one has new characters. The model in service is always whole and
 * never worse on held-out text.
 */
class FiveNightsClusterIT {
  private static final String CONFIGURATION =
      """
      model: {layers: 1, hidden: 32, embedding: 16}
      training: {batch: 8, window: 32, epochs: 2}
      optimizer: {learning-rate: 0.01}
      averaging: {interval: 1}
      validation: {every: 20}
      checkpoint: {every: 0s}
      sample: {length: 0}
      """;

  private static final List<String> WORDS =
      List.of("night", "model", "reads", "the", "old", "text", "and", "a", "new", "one");

  @TempDir private Path folder;

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.writeString(folder.resolve("small.yaml"), CONFIGURATION);
    Files.createDirectories(folder.resolve("text"));
  }

  @Test
  void theModelInServiceIsAlwaysWholeAndNeverWorse() throws IOException, InterruptedException {
    text("01.txt", 1, "");
    String first = night("2026-01-01", Map.of()).await(0);
    assertTrue(first.contains("night 2026-01-01: Promoted: the champion is now "), first);
    assertTrue(Files.exists(folder.resolve("place/registry/versions/000001/version.json")), first);

    text("02.txt", 2, "");
    killHalfWay("2026-01-02");
    assertEquals(1, champion());
    assertWholeOn("2026-01-01");

    Path bad = folder.resolve("text/03.txt");
    Files.write(bad, new byte[] {'b', 'a', 'd', (byte) 0xff, (byte) 0xfe, '\n'});
    double before = loss(1, "2026-01-01");
    String third = night("2026-01-03", Map.of()).await(3);
    assertTrue(third.contains("night 2026-01-02: was not finished, and is taken up again"), third);
    assertTrue(third.contains("night 2026-01-02: Promoted: "), third);
    assertTrue(third.contains("night 2026-01-03: prep failed with exit code 3: "), third);
    assertTrue(third.contains("03.txt"), third);
    assertEquals(2, champion());
    assertNotWorse("2026-01-02");
    assertTrue(before > 0);

    Files.delete(bad);
    text("04.txt", 4, "");
    String fourth =
        night("2026-01-04", Map.of("CONTINUE", "no", "TRAIN_OPTIONS", "--training.max-rounds 1"))
            .await(0);
    assertTrue(fourth.contains("night 2026-01-04: Kept: the champion is still "), fourth);
    assertEquals(2, champion());

    text("05.txt", 5, "Ω√");
    String fifth = night("2026-01-05", Map.of()).await(0);
    assertTrue(fifth.contains("; new tokens: 2: "), fifth);
    assertTrue(fifth.contains("night 2026-01-05: Promoted: "), fifth);
    assertEquals(3, champion());
    assertNotWorse("2026-01-05");

    String again = night("2026-01-05", Map.of()).await(0);
    assertTrue(again.contains("night 2026-01-05: promoted before, nothing to do"), again);
    String older = night("2026-01-03", Map.of()).await(0);
    assertTrue(older.contains("night 2026-01-03: not done, since night 2026-01-05"), older);
    assertEquals(3, champion());
    assertTellsTheStory();
  }

  /** Sentences of some words; the same for the same seed. */
  private void text(String name, int seed, String more) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < 12_000) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
      text.append(random.nextInt(8) == 0 ? more + ".\n" : " ");
    }
    Files.writeString(folder.resolve("text").resolve(name), text);
  }

  private CommandProcess night(String name, Map<String, String> more) throws IOException {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("NIGHT", name);
    environment.put("INPUT", folder.resolve("text").toString());
    environment.put("PLACE", folder.resolve("place").toString());
    environment.put("CONFIG", folder.resolve("small.yaml").toString());
    environment.put("UNROLL_MEMORY", "1g");
    environment.put("SPARK_HOME", "");
    return CommandProcess.start(
        folder.resolve("retrain.log"),
        environment,
        List.of(SparkCluster.ROOT.resolve("deploy/cron/retrain").toString()));
  }

  /** Kill -9 of the script and of the training that it has started, after some rounds. */
  private void killHalfWay(String name) throws IOException, InterruptedException {
    CommandProcess night = night(name, Map.of());
    Path metrics = folder.resolve("place/nights").resolve(name).resolve("run/metrics.jsonl");
    night.until(() -> rounds(metrics) >= 5);
    List<ProcessHandle> started =
        ProcessHandle.of(night.pid()).orElseThrow().descendants().toList();
    night.kill();
    started.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : started) {
      process.onExit().join();
    }
    Path run = folder.resolve("place/nights").resolve(name).resolve("run");
    assertFalse(Files.exists(run.resolve("outcome.json")), "It had ended before it was killed");
  }

  private static long rounds(Path metrics) {
    if (!Files.exists(metrics)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(metrics)) {
      return lines.filter(line -> line.contains("\"gradient-norm\"")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int champion() throws IOException {
    return json(Files.readString(folder.resolve("place/registry/champion")))
        .get("model-version")
        .intValue();
  }

  /** A damaged model is refused by its checksums. */
  private void assertWholeOn(String night) throws IOException, InterruptedException {
    assertTrue(loss(champion(), night) > 0);
  }

  /** Compares the champion with the one before it, on text that neither was trained on. */
  private void assertNotWorse(String night) throws IOException, InterruptedException {
    int champion = champion();
    double loss = loss(champion, night);
    double earlier = loss(champion - 1, night);
    assertTrue(loss <= earlier - 0.002, loss + " after " + earlier);
  }

  private double loss(int version, String night) throws IOException, InterruptedException {
    Path result = folder.resolve("evaluation-" + version + "-" + night + ".json");
    Files.deleteIfExists(result);
    List<String> words =
        List.of(
            SparkCluster.ROOT.resolve("deploy/unroll").toString(),
            "evaluate",
            "--quiet",
            "--json",
            "--split",
            "test",
            "--model",
            folder.resolve("place/registry/versions/00000" + version).toString(),
            "--data",
            folder.resolve("place/nights").resolve(night).resolve("data").toString());
    String output =
        CommandProcess.start(result, Map.of("UNROLL_MEMORY", "1g", "SPARK_HOME", ""), words)
            .await(0);
    String line = output.lines().filter(text -> text.startsWith("{")).findFirst().orElseThrow();
    return json(line).get("loss").doubleValue();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A few lines a night. */
  private void assertTellsTheStory() throws IOException {
    String log = Files.readString(folder.resolve("retrain.log"));
    System.out.println(log);
    assertTrue(log.lines().count() <= 20, log);
    assertFalse(log.contains("\tat "), log);
  }
}
