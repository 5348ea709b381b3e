package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the lanes are trained makes no difference: what is compared with is local[2]. */
@ExtendWith(Trainings.Resolver.class)
class SameBytesClusterIT {
  private static final int INTERRUPTED = 75;

  private final Trainings trainings;

  SameBytesClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @Test
  void onOneCoreOfOneProcess() throws Exception {
    RunFolder run = trainings.run("local-1");
    trainings.trainHere(run, "local[1]").await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @Test
  void onTwoWorkersOfOneCore() throws Exception {
    RunFolder run = trainings.run("two-workers");
    trainings.train(run).await(0);
    assertEquals(2, SparkEvents.in(trainings.events(run)).executorsAdded());
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  @Test
  void onOneWorkerOfTwoCores() throws Exception {
    try (SparkCluster wide = SparkCluster.start(trainings.folder().resolve("wide"), 1, 2)) {
      RunFolder run = trainings.run("one-worker");
      trainings.train(wide, run, Map.of()).await(0);
      assertEquals(1, SparkEvents.in(trainings.events(run)).executorsAdded());
      assertArrayEquals(trainings.undisturbed(), run.parameters());
    }
  }

  @Test
  void begunOnOneWorkerContinuedOnTwoAndEndedOnThree() throws Exception {
    try (SparkCluster grows = SparkCluster.start(trainings.folder().resolve("grows"), 1, 1)) {
      RunFolder run = trainings.run("growing");
      CommandProcess alone = trainings.train(grows, run, Map.of());
      alone.until(() -> run.rounds() >= 2);
      CommandProcess.signal("TERM", alone.pid());
      alone.await(INTERRUPTED);
      assertEquals(1, SparkEvents.in(trainings.events(run)).executorsAdded());
      grows.add(1);
      int rounds = run.rounds();
      CommandProcess train = trainings.train(grows, run, Map.of());
      train.until(() -> run.rounds() > rounds);
      // Held, or it might be done before the third executor is there.
      CommandProcess.signal("STOP", train.pid());
      grows.add(1);
      awaitExecutors(grows, 3);
      CommandProcess.signal("CONT", train.pid());
      train.await(0);
      assertEquals(1 + 3, SparkEvents.in(trainings.events(run)).executorsAdded());
      assertArrayEquals(trainings.undisturbed(), run.parameters());
    }
  }

  /** Until their processes are there, and some seconds more, in which they find the driver. */
  private static void awaitExecutors(SparkCluster cluster, int count) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(60);
    while (cluster.executors().size() < count) {
      assertTrue(Instant.now().isBefore(end), "executors: " + cluster.executors());
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.SECONDS.sleep(4);
  }

  /** The driver draws them alone, for some seconds: executors idle until they are taken away. */
  private static final String LONG_SAMPLES = "--sample.length=20000";

  @Test
  void withExecutorsThatComeAndGoByDynamicAllocation() throws Exception {
    RunFolder run = trainings.run("dynamic");
    trainings
        .train(
            run,
            Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.timeout", "1s",
                "spark.dynamicAllocation.initialExecutors", "1",
                "spark.dynamicAllocation.maxExecutors", "2",
                "spark.dynamicAllocation.executorIdleTimeout", "1s",
                "spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s",
                "spark.executor.cores", "1"),
            LONG_SAMPLES)
        .await(0);
    SparkEvents events = SparkEvents.in(trainings.events(run));
    assertTrue(events.executorsAdded() >= 2, "executors added: " + events.executorsAdded());
    assertTrue(events.executorsRemoved() >= 1, "executors removed: " + events.executorsRemoved());
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }
}
