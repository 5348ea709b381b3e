package io.unroll.driver.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;

/**
 * Ends jobs on which no executor works. Spark itself waits for ever where no executor is granted,
 * where executors die before they take a task, or where the master and all executors are gone.
 */
final class StallLimit implements Runnable {
  /** Property of Spark: how long a job may have no task running. */
  static final String PROPERTY = "spark.unroll.stallLimit";

  /** What the reason for an ended job says. */
  static final String REASON = "no executor took a task for ";

  private static final String DEFAULT = "10m";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final SparkContext context;
  private final Duration limit;

  private StallLimit(SparkContext context, Duration limit) {
    this.context = context;
    this.limit = limit;
  }

  /**
   * The limit that a configuration sets.
   *
   * @throws UsageException if it is no time, or not positive
   */
  static Duration in(SparkConf conf) {
    String value = conf.get(PROPERTY, DEFAULT);
    long seconds;
    try {
      seconds = conf.getTimeAsSeconds(PROPERTY, DEFAULT);
    } catch (RuntimeException e) { // NumberFormatException in one version, its parent in another
      seconds = 0;
    }
    if (seconds <= 0) {
      throw new UsageException(
          "%s is %s; it must be a time such as 600s, 10m or 2h".formatted(PROPERTY, value));
    }
    return Duration.ofSeconds(seconds);
  }

  /** Watches the jobs of a context until it is stopped. */
  static void watch(SparkContext context, Duration limit) {
    Thread thread = new Thread(new StallLimit(context, limit), "stall-limit");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!context.isStopped()) { // else Spark was stopped while it was asked
        throw e;
      }
    }
  }

  private void look() throws InterruptedException {
    Work last = work();
    Instant since = Instant.now();
    while (!context.isStopped()) {
      Thread.sleep(LOOK_EVERY.toMillis());
      Work now = work();
      if (!now.stalledSince(last)) {
        since = Instant.now();
      } else if (Duration.between(since, Instant.now()).compareTo(limit) >= 0) {
        end();
        since = Instant.now();
      }
      last = now;
    }
  }

  /** The stages that are to be done, and how far they are. */
  private record Work(List<Integer> stages, int runningTasks, int endedTasks) {
    boolean stalledSince(Work before) {
      return !stages.isEmpty() && runningTasks == 0 && equals(before);
    }
  }

  private Work work() {
    SparkStatusTracker tracker = context.statusTracker();
    int running = 0;
    int ended = 0;
    List<Integer> stages = IntStream.of(tracker.getActiveStageIds()).sorted().boxed().toList();
    for (int stage : stages) {
      SparkStageInfo info = tracker.getStageInfo(stage).getOrElse(() -> null);
      if (info != null) {
        running += info.numActiveTasks();
        ended += info.numCompletedTasks() + info.numFailedTasks();
      }
    }
    return new Work(stages, running, ended);
  }

  private void end() {
    String reason =
        "because %s%s. Is the cluster up, with free cores and memory for executors? Waiting longer: %s"
            .formatted(REASON, written(limit), PROPERTY);
    for (int job : context.statusTracker().getActiveJobIds()) {
      context.cancelJob(job, reason);
    }
  }

  private static String written(Duration time) {
    long seconds = time.toSeconds();
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
