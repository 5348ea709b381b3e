package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No wait is without end: rounds for which there are no executors, and no master either. */
@ExtendWith(Trainings.Resolver.class)
class StallClusterIT {
  private static final int FAILURE = 1;

  private final Trainings trainings;

  StallClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @Test
  void executorsThatAreNeverGrantedEndTheRunWhichGoesOnWithThose() throws Exception {
    RunFolder run = trainings.run("never-granted");
    Map<String, String> tooLarge =
        Map.of("spark.executor.memory", "900g", "spark.unroll.stallLimit", "8s");
    assertStalled("8 s", trainings.train(run, tooLarge).await(FAILURE));
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  /** Such deaths are no failures of a task for Spark, and the master starts others for ever. */
  @Test
  void executorsThatDieBeforeTheyGetALaneEndTheRunWhichGoesOnAfterwards() throws Exception {
    RunFolder run = trainings.run("short-lived");
    CommandProcess train = trainings.train(run, Map.of("spark.unroll.stallLimit", "15s"));
    trainings.awaitMiddleOf(3, train, run);
    while (train.running()) {
      trainings.cluster().executors().forEach(ProcessHandle::destroyForcibly);
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertStalled("15 s", train.await(FAILURE));
    trainings.assertSavedInTheMiddle(run);
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @Test
  void aMasterThatIsGoneWithAllExecutorsEndsTheRunWhichGoesOnElsewhere() throws Exception {
    RunFolder run = trainings.run("no-master");
    try (SparkCluster cluster =
        SparkCluster.start(trainings.folder().resolve("short-lived-cluster"), 1, 1)) {
      Map<String, String> limit = Map.of("spark.unroll.stallLimit", "15s");
      CommandProcess train = trainings.train(cluster, run, limit);
      trainings.awaitMiddleOf(3, train, run);
      cluster.master().destroyForcibly();
      cluster.executors().forEach(ProcessHandle::destroyForcibly);
      assertStalled("15 s", train.await(FAILURE));
      String again = trainings.train(cluster, run, limit).await(FAILURE);
      assertTrue(again.contains("All masters are unresponsive"), again);
      assertFalse(again.contains("fault of Unroll"), again);
    }
    trainings.assertSavedInTheMiddle(run);
    trainings.train(run).await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  private static void assertStalled(String limit, String output) {
    assertTrue(output.contains("Cannot go on: Spark gave up. Job "), output);
    assertTrue(output.contains("no executor took a task for " + limit), output);
    assertTrue(
        output.contains("A run goes on from its last checkpoint with the same command"), output);
    assertFalse(output.contains("fault of Unroll"), output);
    assertFalse(output.contains("\tat io.unroll"), output);
  }
}
