package io.unroll.driver.dl4j.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.cluster.SparkCluster;
import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/deeplearning4j.md both ways, submitted as its readers do. */
class CharacterModelClusterIT {
  private static final int EPOCHS = 3;
  private static final int LENGTH = 260_000;
  private static final Pattern EPOCH =
      Pattern.compile("epoch (\\d+) {3}validation loss (\\d+\\.\\d{4}) {3}(\\d+\\.\\d) s");

  @TempDir static Path folder;

  private static SparkCluster cluster;

  @BeforeAll
  static void startsACluster() throws Exception {
    Files.writeString(folder.resolve("text"), sources());
    Path jars = Path.of("../matrix/target/spark-3.5.9/jars");
    cluster = SparkCluster.ofJars(jars, folder.resolve("cluster"), 2);
  }

  @AfterAll
  static void endsIt() throws Exception {
    cluster.close();
  }

  @Test
  void endsLowerOnOneMachine() throws Exception {
    compare("local[2]", List.of("--master", "local[2]"));
  }

  @Test
  void endsLowerOnACluster() throws Exception {
    compare("cluster", List.of());
  }

  private void compare(String where, List<String> options) throws Exception {
    double theirs = train(where, "dl4j", options);
    double ours = train(where, "unroll", options);
    assertTrue(ours < theirs, "%s: %s, theirs %s".formatted(where, ours, theirs));
  }

  /** The validation loss after the last epoch. */
  private double train(String where, String master, List<String> options) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(cluster.home().resolve("bin/spark-submit").toString());
    words.addAll(options);
    words.addAll(List.of("--driver-memory", "2g", "--executor-memory", "1g"));
    words.addAll(List.of("--conf", "spark.ui.enabled=false"));
    // What Spark logs goes into the middle of what the program prints.
    words.addAll(List.of("--conf", "spark.log.level=ERROR"));
    for (String process : List.of("driver", "executor")) {
      words.add("--conf");
      words.add("spark." + process + ".defaultJavaOptions=--add-modules=jdk.incubator.vector");
    }
    words.addAll(List.of("--class", CharacterModel.class.getName(), jar().toString()));
    words.addAll(List.of(folder.resolve("text").toString(), Integer.toString(EPOCHS), master));
    Map<String, String> environment =
        Map.of("OMP_NUM_THREADS", "1", "SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    String output =
        CommandProcess.start(folder.resolve(where + "-" + master), environment, words).await(0);
    System.out.println(where + ", " + master + ":\n" + output);
    List<Double> losses =
        EPOCH.matcher(output).results().map(found -> Double.valueOf(found.group(2))).toList();
    assertEquals(EPOCHS, losses.size(), output);
    return losses.get(EPOCHS - 1);
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("unroll-driver-dl4j-.*-app\\.jar"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  /** Sources of this project: a text that is there on every machine. */
  private static String sources() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(SparkCluster.ROOT.resolve("worker/src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        text.append(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return text.substring(0, LENGTH);
  }
}
