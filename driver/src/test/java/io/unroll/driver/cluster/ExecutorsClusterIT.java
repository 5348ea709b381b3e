package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Executors and workers that are killed, stop or are slow: the run ends with the same bytes. */
@ExtendWith(Trainings.Resolver.class)
class ExecutorsClusterIT {
  private static final int ATTEMPTS = 5;

  private final Trainings trainings;
  private final SparkCluster cluster;

  ExecutorsClusterIT(Trainings trainings) {
    this.trainings = trainings;
    this.cluster = trainings.cluster();
  }

  @Test
  void oneExecutorKilledInTheMiddleOfARound() throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      RunFolder run = trainings.run("executor-killed-" + attempt);
      CommandProcess train = trainings.train(run);
      trainings.awaitMiddleOf(3, attempt, train, run);
      cluster.executors().get(0).destroyForcibly();
      train.await(0);
      assertArrayEquals(trainings.undisturbed(), run.parameters());
      if (lostTasks(run) > 0) {
        return;
      }
    }
    throw new AssertionError("no executor was hit while it trained a lane");
  }

  @Test
  void allExecutorsKilledInTheMiddleOfARound() throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      RunFolder run = trainings.run("executors-killed-" + attempt);
      CommandProcess train = trainings.train(run);
      trainings.awaitMiddleOf(3, attempt, train, run);
      cluster.executors().forEach(ProcessHandle::destroyForcibly);
      train.await(0);
      assertArrayEquals(trainings.undisturbed(), run.parameters());
      if (lostTasks(run) > 1) {
        return;
      }
    }
    throw new AssertionError("not all executors were hit while they trained a lane");
  }

  @Test
  void oneWorkerDaemonKilled() throws Exception {
    RunFolder run = trainings.run("worker-killed");
    CommandProcess train = trainings.train(run);
    trainings.awaitMiddleOf(3, train, run);
    ProcessHandle worker = cluster.workers().get(0);
    List<ProcessHandle> executors = worker.children().toList();
    worker.destroyForcibly();
    try {
      train.await(0);
    } finally {
      cluster.add(1);
    }
    assertArrayEquals(trainings.undisturbed(), run.parameters());
    assertTrue(SparkEvents.in(trainings.events(run)).executorsRemoved() > 0);
    assertFalse(executors.isEmpty());
    executors.forEach(executor -> assertFalse(executor.isAlive()));
  }

  @Test
  void oneExecutorStoppedForEver() throws Exception {
    RunFolder run = trainings.run("executor-stopped");
    CommandProcess train =
        trainings.train(
            run,
            Map.of(
                "spark.speculation", "true",
                "spark.network.timeout", "15s",
                "spark.network.timeoutInterval", "3s",
                "spark.executor.heartbeatInterval", "3s"));
    trainings.awaitMiddleOf(3, train, run);
    ProcessHandle stopped = cluster.executors().get(0);
    CommandProcess.signal("STOP", stopped.pid());
    train.await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
    stopped.destroyForcibly();
  }

  /**
   * A machine that others use: the process runs for a tenth of the time. Speculation is on, but
   * Spark starts second copies on other hosts only, and there is one.
   */
  @Test
  void oneExecutorTenTimesSlower() throws Exception {
    RunFolder run = trainings.run("straggler");
    CommandProcess train =
        trainings.train(
            run, Map.of("spark.speculation", "true", "spark.speculation.interval", "50ms"));
    trainings.awaitMiddleOf(3, train, run);
    ProcessHandle slow = cluster.executors().get(0);
    while (train.running()) {
      signal("STOP", slow);
      TimeUnit.MILLISECONDS.sleep(180);
      signal("CONT", slow);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    train.await(0);
    assertArrayEquals(trainings.undisturbed(), run.parameters());
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    if (process.isAlive()) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }

  private long lostTasks(RunFolder run) throws Exception {
    return SparkEvents.in(trainings.events(run)).tasksEnded("ExecutorLostFailure");
  }
}
