package io.unroll.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stages of Spark ML, from one class file on every supported Spark: they fit the same bytes,
 * and each Spark reads what another has saved.
 */
class StagesTest {
  @TempDir private Path folder;

  @Test
  void pipelinesAreFittedSavedAndReadFromSparkToSpark() throws IOException, InterruptedException {
    Sparks[] sparks = {Sparks.SPARK_3_5, Sparks.SPARK_4_2};
    for (Sparks spark : sparks) {
      String log = run(spark, "fit", model(spark));
      assertTrue(log.contains(", 1.0]"), log);
    }
    assertArrayEquals(parameters(sparks[0]), parameters(sparks[1]));
    String expected = answers(sparks[0], sparks[0]);
    for (Sparks fitted : sparks) {
      assertEquals(expected, answers(fitted, sparks[1]), "fitted by " + fitted);
    }
    assertEquals(expected, answers(sparks[1], sparks[0]), "read by an older Spark");
  }

  private Path model(Sparks spark) {
    return folder.resolve(spark.version());
  }

  private byte[] parameters(Sparks spark) throws IOException {
    try (Stream<Path> files = Files.walk(model(spark))) {
      Path file =
          files.filter(each -> each.endsWith("model.safetensors")).findFirst().orElseThrow();
      return Files.readAllBytes(file);
    }
  }

  /** What a model says that one Spark has fitted and another has read. */
  private String answers(Sparks fitted, Sparks spark) throws IOException, InterruptedException {
    Path answers = folder.resolve(fitted + "-" + spark);
    run(spark, "apply", model(fitted), answers);
    try (Stream<Path> files = Files.list(answers)) {
      Path part = files.filter(each -> each.toString().endsWith(".json")).findFirst().orElseThrow();
      return Files.readString(part);
    }
  }

  private String run(Sparks spark, String what, Path... folders)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            CommandProcess.java(
                "--add-modules=jdk.incubator.vector",
                "-Dspark.master=local[2]",
                "-Dspark.task.cpus=2",
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1"));
    words.set(
        words.indexOf("-cp") + 1,
        Stream.of(
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                Path.of(System.getProperty("application")).toAbsolutePath().toString(),
                spark.jars() + "/*")
            .collect(Collectors.joining(File.pathSeparator)));
    words.addAll(List.of("io.unroll.matrix.Stages", what));
    Stream.of(folders).map(Path::toString).forEach(words::add);
    return CommandProcess.start(folder.resolve(what + "-" + spark + ".log"), Map.of(), words)
        .await(0);
  }
}
