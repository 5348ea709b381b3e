package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that throw, and training that diverges. */
@ExtendWith(Trainings.Resolver.class)
class FailingTasksClusterIT {
  private static final int FAILURE = 1;
  private static final int DIVERGED = 4;

  private final Trainings trainings;

  FailingTasksClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @Test
  void aTaskThatThrowsOnceIsDoneAgain() throws Exception {
    RunFolder run = trainings.run("throws-once");
    Path flaky = Files.createDirectory(trainings.folder().resolve("flaky-once"));
    Path once = Files.createFile(flaky.resolve(FlakyFileSystem.ONCE));
    trainings.train(run, flaky(flaky), flakyData()).await(0);
    assertFalse(Files.exists(once));
    assertEquals(1, SparkEvents.in(trainings.events(run)).tasksEnded("ExceptionFailure"));
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  /** The lanes are read again where executors were lost, and the storage is gone by then. */
  @Test
  void aTaskThatAlwaysThrowsEndsTheRunWhichGoesOnAfterRepair() throws Exception {
    RunFolder run = trainings.run("throws-always");
    Path flaky = Files.createDirectory(trainings.folder().resolve("flaky-always"));
    CommandProcess train = trainings.train(run, flaky(flaky), flakyData());
    trainings.awaitMiddleOf(3, train, run);
    Path always = Files.createFile(flaky.resolve(FlakyFileSystem.ALWAYS));
    trainings.cluster().executors().forEach(ProcessHandle::destroyForcibly);
    String output = train.await(FAILURE);
    assertTrue(output.contains("the storage does not answer for flaky:"), output);
    assertFalse(output.contains("fault of Unroll"), output);
    assertFalse(output.contains("\tat "), output);
    trainings.assertSavedInTheMiddle(run);
    Files.delete(always);
    trainings.train(run, flaky(flaky), flakyData()).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @Test
  void executorsKilledAgainAndAgainEndTheRunWhichGoesOnAfterwards() throws Exception {
    RunFolder run = trainings.run("hopeless");
    CommandProcess train = trainings.train(run);
    trainings.awaitMiddleOf(3, train, run);
    for (int attempt = 0; train.running(); attempt++) {
      trainings.killExecutors(attempt, train, run);
    }
    String output = train.await(FAILURE);
    assertTrue(output.contains("Cannot go on: Spark gave up"), output);
    assertTrue(
        output.contains("A run goes on from its last checkpoint with the same command"), output);
    assertFalse(output.contains("fault of Unroll"), output);
    trainings.assertSavedInTheMiddle(run);
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @ParameterizedTest
  @CsvSource({
    "nan, 1e38, 1, are not finite in step 1 (round 2); the last good checkpoint is that of round 1",
    "exploding, 100, 36, the loss of round 1 is"
  })
  void divergenceNamesTheStepAndTheLastGoodCheckpoint(
      String name, String learningRate, String interval, String expected) throws Exception {
    RunFolder run = trainings.run(name);
    String output =
        trainings
            .train(
                run,
                Map.of(),
                "--optimizer.kind=sgd",
                "--clipping.kind=none",
                "--optimizer.learning-rate=" + learningRate,
                "--averaging.interval=" + interval)
            .await(DIVERGED);
    assertTrue(output.contains("Training diverged: "), output);
    assertTrue(output.contains(expected), output);
    assertTrue(output.contains("checkpoint"), output);
  }

  private String flakyData() {
    return "--data=flaky:" + trainings.dataset();
  }

  private Map<String, String> flaky(Path folder) throws IOException {
    Path jar = folder.resolve("flaky.jar");
    String name = FlakyFileSystem.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        InputStream code = FlakyFileSystem.class.getClassLoader().getResourceAsStream(name)) {
      zip.putNextEntry(new ZipEntry(name));
      code.transferTo(zip);
      zip.closeEntry();
    }
    return Map.of(
        "spark.jars",
        jar.toString(),
        "spark.hadoop.fs.flaky.impl",
        FlakyFileSystem.class.getName(),
        "spark.hadoop." + FlakyFileSystem.FOLDER,
        folder.toString());
  }
}
