package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Run directories that are full, read-only, gone or in use. */
@ExtendWith(Trainings.Resolver.class)
class RunDirectoryClusterIT {
  private static final int FAILURE = 1;

  /** What follows is in a namespace of its own: the mounts end with its processes. */
  private static final String HEAD =
      """
      set -eu
      run=$1
      shift
      mkdir "$run"
      """;

  /** Takes the result out of the namespace. */
  private static final String TAIL =
      """
      mkdir "$run-after"
      cp -r "$run/." "$run-after"
      """;

  private static final String FULL =
      """
      mount -t tmpfs -o size=1600k tmpfs "$run"
      "$@" || echo "ended with $?"
      echo "kept $(ls "$run/checkpoints" | tail -n 1)"
      mount -o remount,size=16m "$run"
      "$@"
      """;

  private static final String READ_ONLY =
      """
      mount --bind "$run" "$run"
      "$@" & training=$!
      until [ -d "$run/checkpoints/round-000003" ]; do sleep 0.05; done
      until mount -o remount,bind,ro "$run" 2> /dev/null; do sleep 0.01; done
      wait $training || echo "ended with $?"
      "$@" || echo "refused with $?"
      mount -o remount,bind,rw "$run"
      "$@"
      """;

  private final Trainings trainings;

  RunDirectoryClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @Test
  void aFullDiskEndsTheRunWhichGoesOnWhenThereIsSpace() throws Exception {
    RunFolder run = trainings.run("full-disk");
    String output = inNamespace(run, FULL);
    assertTrue(output.contains("no space left on device; free some"), output);
    assertTrue(output.contains("ended with 1\n"), output);
    assertTrue(output.contains("kept round-0000"), output);
    assertFalse(output.contains("\tat "), output);
    assertArrayEquals(trainings.undisturbed(), after(run).parameters());
  }

  @Test
  void aDirectoryThatBecomesReadOnlyEndsTheRunWhichGoesOnAfterwards() throws Exception {
    RunFolder run = trainings.run("read-only");
    String output = inNamespace(run, READ_ONLY);
    assertTrue(output.contains("ended with 1\n"), output);
    assertTrue(output.contains("refused with 1\n"), output);
    assertFalse(output.contains("fault of Unroll"), output);
    assertFalse(output.contains("\tat "), output);
    assertArrayEquals(trainings.undisturbed(), after(run).parameters());
  }

  @Test
  void aDirectoryThatVanishesEndsTheRunWhichGoesOnWhenItIsBack() throws Exception {
    RunFolder run = trainings.run("vanished");
    CommandProcess train = trainings.train(run);
    trainings.awaitMiddleOf(3, train, run);
    Path elsewhere = trainings.folder().resolve("elsewhere");
    Files.move(run.path(), elsewhere);
    String output = train.await(FAILURE);
    assertFalse(output.contains("fault of Unroll"), output);
    assertFalse(output.contains("\tat "), output);
    assertEquals(List.of(), run.checkpoints());
    if (Files.exists(run.path())) {
      Files.move(run.path(), trainings.folder().resolve("remains"));
    }
    Files.move(elsewhere, run.path());
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @Test
  void aSecondRunOnADirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
    RunFolder run = trainings.run("shared");
    CommandProcess first = trainings.train(run);
    first.until(() -> run.rounds() >= 1);
    CommandProcess.signal("STOP", first.pid()); // or it may be done before the second starts
    try {
      String refused = trainings.trainHere(run, "local[1]").await(FAILURE);
      assertTrue(refused.contains("in use by process " + first.pid()), refused);
    } finally {
      CommandProcess.signal("CONT", first.pid());
    }
    first.await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  private static RunFolder after(RunFolder run) {
    return new RunFolder(run.path().resolveSibling(run.path().getFileName() + "-after"));
  }

  private String inNamespace(RunFolder run, String script) throws Exception {
    Path probe = trainings.folder().resolve("probe.log");
    List<String> mount =
        List.of("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/proc/self/cwd");
    Assumptions.assumeTrue(
        CommandProcess.start(probe, Map.of(), mount).await() == 0,
        "mounting in a namespace of one's own is not permitted");
    List<String> words = new ArrayList<>(List.of("unshare", "-rm", "bash", "-c"));
    words.addAll(List.of(HEAD + script + TAIL, "bash", run.path().toString()));
    words.addAll(trainings.command(run));
    return trainings.submit(run, words).await(0);
  }
}
