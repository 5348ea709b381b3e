package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.Damage;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checkpoints and datasets that are damaged or gone. */
@ExtendWith(Trainings.Resolver.class)
class DamageClusterIT {
  private static final int FAILURE = 1;
  private static final int BAD_DATA = 3;

  /** What happens to a file. */
  enum Fault {
    TRUNCATED {
      @Override
      void of(Path file) throws IOException {
        Damage.truncate(file);
      }
    },
    FLIPPED {
      @Override
      void of(Path file) throws IOException {
        Damage.flip(file);
      }
    },
    MISSING {
      @Override
      void of(Path file) throws IOException {
        Files.delete(file);
      }
    };

    abstract void of(Path file) throws IOException;
  }

  private final Trainings trainings;

  DamageClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theCheckpointBeforeIsTakenWhereTheNewestIsDamaged(Fault fault) throws Exception {
    RunFolder run = copy(brokenOff(), trainings.run("checkpoint-" + fault));
    fault.of(run.newestCheckpoint().resolve("optimizer.safetensors"));
    String output = trainings.train(run).await(0);
    assertTrue(output.contains("Skipping checkpoint "), output);
    assertTrue(output.contains("optimizer.safetensors"), output);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @Test
  void aRunWithoutAWholeCheckpointIsRefusedAndGoesOnWhenOneIsRestored() throws Exception {
    RunFolder broken = brokenOff();
    RunFolder run = copy(broken, trainings.run("checkpoints-damaged"));
    for (Path checkpoint : run.checkpoints()) {
      Damage.flip(checkpoint.resolve(RunFolder.PARAMETERS));
    }
    String output = trainings.train(run).await(FAILURE);
    assertTrue(output.contains("no checkpoint is whole"), output);
    assertTrue(output.contains(RunFolder.PARAMETERS), output);
    String newest = run.newestCheckpoint().getFileName().toString();
    Files.write(
        run.newestCheckpoint().resolve(RunFolder.PARAMETERS),
        Files.readAllBytes(
            broken.path().resolve("checkpoints").resolve(newest).resolve(RunFolder.PARAMETERS)));
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aDamagedPartOfTheDatasetIsNamedBeforeTheFirstRound(Fault fault) throws Exception {
    Path dataset = copy(trainings.dataset(), trainings.folder().resolve("dataset-" + fault));
    Path part = trainingPart(dataset);
    fault.of(part);
    RunFolder run = trainings.run("part-" + fault);
    String output = trainings.train(run, Map.of(), "--data=" + dataset).await(BAD_DATA);
    assertTrue(output.contains(part.getFileName().toString()), output);
    assertFalse(output.contains("\tat "), output);
    assertEquals(0, run.rounds());
  }

  /** Cached lanes are lost with the executors, and must be read again. */
  @Test
  void aPartThatVanishesDuringTheRunEndsItAndItGoesOnAfterRepair() throws Exception {
    Path dataset = copy(trainings.dataset(), trainings.folder().resolve("dataset-vanishing"));
    Path part = trainingPart(dataset);
    byte[] content = Files.readAllBytes(part);
    RunFolder run = trainings.run("part-vanishes");
    CommandProcess train = trainings.train(run, Map.of(), "--data=" + dataset);
    trainings.awaitMiddleOf(3, train, run);
    Files.delete(part);
    trainings.cluster().executors().forEach(ProcessHandle::destroyForcibly);
    String output = train.await(BAD_DATA);
    assertTrue(output.contains(part.getFileName().toString()), output);
    assertFalse(output.contains("\tat "), output);
    trainings.assertSavedInTheMiddle(run);
    Files.write(part, content);
    trainings.train(run, Map.of(), "--data=" + dataset).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  /** A run that was killed after some rounds, with two checkpoints; the same one for all tests. */
  private RunFolder brokenOff() throws Exception {
    RunFolder run = trainings.run("broken-off");
    if (run.checkpoints().isEmpty()) {
      CommandProcess train = trainings.train(run);
      trainings.awaitMiddleOf(3, train, run);
      train.kill();
    }
    assertEquals(2, run.checkpoints().size());
    return run;
  }

  private static RunFolder copy(RunFolder from, RunFolder to) throws IOException {
    copy(from.path(), to.path());
    return to;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }

  private static Path trainingPart(Path dataset) throws IOException {
    try (Stream<Path> files = Files.list(dataset.resolve("split=train"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .findFirst()
          .orElseThrow();
    }
  }
}
