package io.unroll.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unroll.driver.cluster.SparkCluster;
import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One jar on each supported Spark and Java, through spark-submit: it prepares the same rows, trains
 * to the same bytes though it is killed on the way, and evaluates to the same numbers.
 */
class MatrixTest {
  private static final String LAUNCHER = SparkCluster.ROOT.resolve("deploy/unroll").toString();
  private static final int ROUNDS = 12;

  @TempDir static Path folder;

  /** Of Spark 3.5 on Java 17, undisturbed. */
  private static Platform reference;

  private static Path corpus;

  @BeforeAll
  static void trainWhatTheOthersMustEqual() throws IOException, InterruptedException {
    corpus = Files.writeString(folder.resolve("corpus.txt"), text());
    reference = new Platform(folder.resolve("reference"), Sparks.SPARK_3_5, 17);
    reference.run("prep", prep(reference.folder())).await(0);
    reference.run("train", train(reference.folder())).await(0);
    reference.run("evaluate", evaluate(reference.folder())).await(0);
  }

  private static String text() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 2400; line++) {
      text.append(line).append(" green bottles hanging on the wall\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({"SPARK_3_5, 17", "SPARK_4_0, 17", "SPARK_4_2, 17", "SPARK_4_2, 25"})
  void sameBytesEverywhere(Sparks spark, int java) throws IOException, InterruptedException {
    Platform platform = new Platform(folder.resolve(spark + "-" + java), spark, java);
    platform.run("prep", prep(platform.folder())).await(0);
    killedAndResumed(platform, platform);
    platform.run("evaluate", evaluate(platform.folder())).await(0);
    assertEqualToReference(platform);
  }

  /** A cluster is upgraded while a run waits for its next start. */
  @Test
  void aRunBegunOnOneSparkEndsOnAnother() throws IOException, InterruptedException {
    Path shared = folder.resolve("upgraded");
    Platform before = new Platform(shared, Sparks.SPARK_3_5, 17);
    before.run("prep", prep(shared)).await(0);
    Platform after = new Platform(shared, Sparks.SPARK_4_2, 25);
    killedAndResumed(before, after);
    after.run("evaluate", evaluate(shared)).await(0);
    assertEqualToReference(after);
  }

  private static void killedAndResumed(Platform first, Platform second)
      throws IOException, InterruptedException {
    RunFolder run = new RunFolder(first.folder().resolve("run"));
    CommandProcess training = first.run("train", train(first.folder()));
    training.until(() -> run.rounds() >= 3);
    training.kill();
    assertTrue(run.rounds() < ROUNDS, "the run was done before it was killed");
    second.run("train", train(second.folder())).await(0);
    assertEquals(ROUNDS, run.rounds());
  }

  private static void assertEqualToReference(Platform platform) throws IOException {
    assertEquals(rows(reference.folder()), rows(platform.folder()));
    assertEquals(
        Files.readString(reference.folder().resolve("data/vocabulary.json")),
        Files.readString(platform.folder().resolve("data/vocabulary.json")));
    assertArrayEquals(parameters(reference), parameters(platform));
    assertEquals(result(reference), result(platform));
  }

  /** What the manifest says of the rows, which is what identifies a dataset. */
  private static List<String> rows(Path folder) throws IOException {
    String manifest = Files.readString(folder.resolve("data/manifest.json"));
    List<String> hashes = manifest.lines().filter(line -> line.contains("rows-sha256")).toList();
    assertEquals(2, hashes.size(), manifest);
    return hashes;
  }

  private static byte[] parameters(Platform platform) throws IOException {
    return new RunFolder(platform.folder().resolve("run")).parameters();
  }

  private static String result(Platform platform) throws IOException {
    return Files.readAllLines(platform.log("evaluate")).stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> line.replace(platform.folder().toString(), ""))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> prep(Path folder) {
    return List.of(
        "--kind=text",
        "--tokenizer=char",
        "--fractions=0.95,0.05",
        "--input=" + corpus,
        "--output=" + folder.resolve("data"));
  }

  private static List<String> train(Path folder) {
    return List.of(
        "--data=" + folder.resolve("data"),
        "--run=" + folder.resolve("run"),
        "--model.layers=2",
        "--model.hidden=64",
        "--model.embedding=16",
        "--training.batch=8",
        "--training.window=32",
        "--training.epochs=100",
        "--training.max-rounds=" + ROUNDS,
        "--averaging.lanes=2",
        "--averaging.interval=40",
        "--checkpoint.every=1s",
        "--sample.length=0");
  }

  private static List<String> evaluate(Path folder) {
    return List.of(
        "--model=" + folder.resolve("run/best"),
        "--data=" + folder.resolve("data"),
        "--split=valid",
        "--json");
  }

  /** A Spark and a Java, with a folder for what they make. */
  private record Platform(Path folder, Sparks spark, int java) {
    /** Starts a command of the launcher. */
    CommandProcess run(String command, List<String> options) throws IOException {
      Files.createDirectories(folder);
      List<String> words = new ArrayList<>(List.of(LAUNCHER, command, "--master=local[2]"));
      words.addAll(options);
      return CommandProcess.start(log(command), environment(), words);
    }

    private Map<String, String> environment() throws IOException {
      Optional<Path> home = Javas.home(java);
      assumeTrue(
          home.isPresent(),
          () -> String.format(Locale.ROOT, "there is no JDK %d here: set JAVA_%<d_HOME", java));
      return Map.of(
          "JAVA_HOME", home.get().toString(),
          "SPARK_HOME", spark.home(MatrixTest.folder).toString(),
          "UNROLL_MEMORY", "1g");
    }

    Path log(String command) {
      return folder.resolve(command + ".log");
    }
  }
}
