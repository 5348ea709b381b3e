package io.unroll.driver.cli;

import io.unroll.driver.report.ProgressLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Tells how far the Spark jobs of a command are: each phase as it begins, then now and then how
 * many of its tasks are done. A phase is what has one job description; jobs without any are passed
 * over.
 */
final class JobProgress extends SparkListener {
  static final Duration EVERY = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final String DESCRIPTION = "spark.job.description";

  private final ProgressLog log;
  private final InstantSource clock;
  private final Instant begun;
  private final Set<Integer> stages = new HashSet<>();
  private String phase;
  private Instant told;
  private long tasks;
  private long done;
  private boolean closed;

  JobProgress(ProgressLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** Does some work, and tells of its jobs meanwhile. */
  static <T> T during(Supplier<T> work, SparkContext context, ProgressLog log) {
    JobProgress progress = new JobProgress(log, InstantSource.system());
    context.addSparkListener(progress);
    Timer timer = progress.tellNowAndThen();
    try {
      return work.get();
    } finally {
      timer.cancel();
      progress.close();
    }
  }

  private Timer tellNowAndThen() {
    Timer timer = new Timer("job-progress", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            tell();
          }
        },
        LOOK_EVERY.toMillis(),
        LOOK_EVERY.toMillis());
    return timer;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String description = properties == null ? null : properties.getProperty(DESCRIPTION);
    if (description != null) {
      submitted(description, event.stageInfo().stageId(), event.stageInfo().numTasks());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    if (event.taskInfo() != null && event.taskInfo().successful()) {
      ended(event.stageId());
    }
  }

  synchronized void submitted(String description, int stage, int taskCount) {
    if (closed) {
      return;
    }
    if (!description.equals(phase)) {
      phase = description;
      tasks = 0;
      done = 0;
      stages.clear();
      say("");
    }
    if (stages.add(stage)) { // else it is tried again
      tasks += taskCount;
    }
  }

  synchronized void ended(int stage) {
    if (stages.contains(stage) && done < tasks) {
      done++;
    }
  }

  /** Tells how far the phase is, if that was not told lately. */
  synchronized void tell() {
    if (!closed && phase != null && clock.instant().compareTo(told.plus(EVERY)) >= 0) {
      long seconds = Duration.between(begun, clock.instant()).toSeconds();
      say(String.format(Locale.ROOT, ", %d of %d tasks, %d s", done, tasks, seconds));
    }
  }

  private void say(String howFar) {
    log.say(phase + howFar);
    told = clock.instant();
  }

  synchronized void close() {
    closed = true;
  }
}
