package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Drivers that are killed or interrupted: the same command goes on to the same bytes. */
@ExtendWith(Trainings.Resolver.class)
class DriverClusterIT {
  private static final int INTERRUPTED = 75;
  private static final int ATTEMPTS = 40;

  private final Trainings trainings;

  DriverClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @AfterEach
  void leavesNoExecutors() throws Exception {
    trainings.cluster().awaitNoExecutors();
  }

  @Test
  void killedInTheMiddleOfARound() throws Exception {
    RunFolder run = trainings.run("driver-killed");
    CommandProcess train = trainings.train(run);
    trainings.awaitMiddleOf(3, train, run);
    train.kill();
    trainings.assertSavedInTheMiddle(run);
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  /** Stopped as soon as the data files are there, and killed if the description is not. */
  @Test
  void killedBetweenTheDataOfACheckpointAndItsDescription() throws Exception {
    RunFolder run = trainings.run("checkpoint-killed");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      CommandProcess train = trainings.train(run);
      while (train.running()) {
        if (half(run)) {
          CommandProcess.signal("STOP", train.pid());
          if (half(run)) {
            train.kill();
            String output = trainings.train(run).await(0);
            assertTrue(output.contains("unfinished, it has no checkpoint.json"), output);
            assertArrayEquals(trainings.undisturbed(), run.parameters());
            return;
          }
          CommandProcess.signal("CONT", train.pid());
        }
      }
      train.await(0);
      deleteAll(run.path());
    }
    throw new AssertionError(
        String.format(Locale.ROOT, "no checkpoint was hit in %d runs", ATTEMPTS));
  }

  /** Whether the newest checkpoint, and not the first, has its data and no description. */
  private static boolean half(RunFolder run) {
    return run.checkpoints().size() > 1
        && Files.exists(run.newestCheckpoint().resolve("lanes.safetensors"))
        && !Files.exists(run.newestCheckpoint().resolve(RunFolder.DESCRIPTION));
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void interruptedItSavesAndSaysHowToGoOn() throws Exception {
    RunFolder run = trainings.run("driver-interrupted");
    CommandProcess train = trainings.train(run);
    train.until(() -> run.rounds() >= 2);
    CommandProcess.signal("TERM", train.pid());
    String output = train.await(INTERRUPTED);
    assertTrue(output.contains("To go on, type:"), output);
    int rounds = run.rounds();
    assertTrue(rounds < Trainings.ROUNDS);
    assertEquals(
        String.format(Locale.ROOT, "round-%06d", rounds),
        run.newestCheckpoint().getFileName().toString());
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }
}
